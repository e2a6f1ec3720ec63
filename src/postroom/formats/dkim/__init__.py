"""DKIM (RFC 6376, 8463): canonical forms, keys and their records, signatures. Pure but for the mathematics, which are `cryptography`'s."""

from postroom.formats.dkim.canonical import BodyHash, canonical_field
from postroom.formats.dkim.keys import Algorithm, KeyRecord, KeyRecordError, SigningKey, make_key, record_of
from postroom.formats.dkim.sign import author_domain, sign

__all__ = ["Algorithm", "BodyHash", "KeyRecord", "KeyRecordError", "SigningKey", "author_domain", "canonical_field", "make_key", "record_of", "sign"]
