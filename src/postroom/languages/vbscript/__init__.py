"""VBScript: text in, Python code objects out, and the run-time rules of Variants that they need. No I/O."""
