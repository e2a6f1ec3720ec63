"""From syntax to Python code."""
