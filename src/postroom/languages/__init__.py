"""Languages of other times: their parsers and compilers, pure as the formats are."""
