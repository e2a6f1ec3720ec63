"""Every standard of mail, and no I/O: bytes in, values out. Parsers, serialisers and protocol state machines live here, each beside its RFC."""
