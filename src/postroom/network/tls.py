"""TLS for listeners: contexts from certificate files, one per certificate, chosen by the server name the client asks for (SNI)."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postroom.errors import ConfigurationError
from postroom.network.encryption import Engine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20:!aNULL:!eNULL:!PSK:!SRP"  # TLS 1.2: forward secrecy and AEAD only (RFC 9325)


@dataclass(frozen=True, slots=True)
class CertificateFiles:
    """A certificate with its chain, and its private key, as PEM files."""

    certificate: Path
    key: Path


def server_context(
    files: CertificateFiles, *, minimum: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2, authorities: Path | None = None, ciphers: str = ""
) -> ssl.SSLContext:
    """Make the context of one certificate. With `authorities` (PEM) clients may show a certificate that one of them signed.

    `ciphers` are those of TLS 1.2, in OpenSSL's words ("": the usual ones).

    ConfigurationError when a file can't be read, or key and certificate don't match.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = minimum
    context.set_ciphers(ciphers or CIPHERS)
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION | ssl.OP_CIPHER_SERVER_PREFERENCE
    context.num_tickets = 1  # each costs a signature's time and 250 bytes; mail clients resume from one
    context.sslobject_class = Engine
    try:
        context.load_cert_chain(files.certificate, files.key)
        if authorities is not None:
            context.load_verify_locations(authorities)
            context.verify_mode = ssl.CERT_OPTIONAL
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(f"The TLS certificate {files.certificate} with key {files.key} can't be used: {error}.") from error
    return context


class ServerTLS:
    """The contexts of listeners: a default certificate, and others by server name.

    `lookup` tells the files for a server name (an A-label, lower case), or None for the default; contexts are kept per certificate,
    so their number is that of certificates, whatever names clients invent. `reload` swaps contexts; running sessions keep theirs.
    """

    def __init__(
        self,
        files: CertificateFiles,
        *,
        lookup: Callable[[str], CertificateFiles | None] = lambda _: None,
        minimum: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2,
        authorities: Path | None = None,
        ciphers: Callable[[], str] = lambda: "",
    ) -> None:
        self._ciphers = ciphers
        self._files = files
        self._lookup = lookup
        self._minimum = minimum
        self._authorities = authorities
        self._named: dict[CertificateFiles, ssl.SSLContext] = {}
        self._default = self._made(files)

    def context(self) -> ssl.SSLContext:
        """Return the context that a new connection begins with."""
        return self._default

    def reload(self, files: CertificateFiles | None = None) -> None:
        """Read the certificates anew, or other files; ConfigurationError when the default's can't be used, and then all stays."""
        files = files or self._files
        self._default = self._made(files)
        self._files = files
        self._named = {}

    def _made(self, files: CertificateFiles) -> ssl.SSLContext:
        context = server_context(files, minimum=self._minimum, authorities=self._authorities, ciphers=self._ciphers())
        context.sni_callback = self._choose
        return context

    def _choose(self, engine: ssl.SSLObject, name: str | None, context: ssl.SSLContext) -> None:
        """Choose by the name asked for, in the handshake; a certificate that can't be used leaves the default in place."""
        if name is None:
            return
        engine.name = name.lower()  # type: ignore[attr-defined] # the contexts make `Engine`s
        files = self._lookup(name.lower())
        if files is None:
            return
        try:
            chosen = self._named.get(files)
            if chosen is None:
                chosen = self._named[files] = self._made(files)
        except ConfigurationError:
            return
        engine.context = chosen
