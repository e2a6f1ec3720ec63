"""Postroom: a complete mail server that one command starts. Read docs/architecture.md, then docs/flow.md."""
