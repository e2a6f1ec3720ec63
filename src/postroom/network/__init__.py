"""Sockets, TLS and names: connections that feed a protocol's session, listeners that accept them.

Bytes are hostile until a format has read them.
"""
