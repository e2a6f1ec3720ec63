"""Microsoft's JScript on a standard JavaScript engine: what the dialect adds is rewritten or defined by preludes, the rest is the engine's own."""
