"""IMAP4rev1 on the wire (RFC 3501 and its extensions), without I/O.

`core` turns bytes into commands, `arguments` reads what stands behind a command's name, one file per command gives its meaning as a
frozen value, `response` writes what goes back. Nothing here may be trusted by what it reads: each list has a length, each number a
range, each parser one pass.
"""
