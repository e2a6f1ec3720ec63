"""Administration scripts that people start: what cscript is on Windows."""
