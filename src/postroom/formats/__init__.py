"""Every standard of mail, and no I/O: bytes in, values out. Parsers, serialisers and protocol machines live here, beside their RFCs."""
