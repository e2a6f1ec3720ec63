"""HTTP as scripts use it, only to addresses that the administrator lets them reach.

No text in a mail may make a script ask the machine's own network (SSRF). A name is looked up once, each of its addresses judged, and the
connection made to one that passed: a name that answers differently the second time (DNS rebinding) gains nothing. Each redirect is judged anew.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from postroom.languages.vbscript.errors import VBScriptError
from postroom.scripting.helpers.component import refused

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MOST_REDIRECTS: Final = 10
_PIECE: Final = 1 << 16
_URL_CHARACTERS: Final = "%/:=&?~#+!$,;'@()*[]|^`{}<>\\\"-._"
_REDIRECTS: Final = {301, 302, 303, 307, 308}
_FOR_ONE_HOST: Final = {"authorization", "cookie"}
_TELLS_SECRETS: Final = frozenset({ipaddress.ip_address("168.63.129.16")})
"""A cloud's own service that has a public address."""
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

BAD_URL: Final = 0x80072EE5
BAD_SCHEME: Final = 0x80072EE6
NO_SUCH_HOST: Final = 0x80072EE7
TIMED_OUT: Final = 0x80072EE2
CANNOT_CONNECT: Final = 0x80072EFD
ENDED: Final = 0x80072EFE
TLS_FAILED: Final = 0x80072F7D
BAD_CERTIFICATE: Final = 0x80072F0D
BAD_ANSWER: Final = 0x80072F78
TOO_LARGE: Final = 0x80072EE1
_TEXTS: Final[Mapping[int, str]] = {
    BAD_URL: "The URL is invalid",
    BAD_SCHEME: "The URL does not use a recognized protocol",
    NO_SUCH_HOST: "The server name or address could not be resolved",
    TIMED_OUT: "The operation timed out",
    CANNOT_CONNECT: "A connection with the server could not be established",
    ENDED: "The connection with the server was terminated abnormally",
    TLS_FAILED: "An error occurred in the secure channel support",
    BAD_CERTIFICATE: "The certificate authority is invalid or incorrect",
    BAD_ANSWER: "The server returned an invalid or unrecognized response",
    TOO_LARGE: "The response is larger than scripts may fetch (setting script_http_max_size)",
}


class Call(NamedTuple):
    """A request; times in seconds."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    connect_time: float = 60.0
    answer_time: float = 30.0
    follow: bool = True
    verify: bool = True


class Reply(NamedTuple):
    """An answer, and the address that it came from after redirects."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    url: str


def failure(code: int) -> VBScriptError:
    """Make the error of one of the codes above, with Windows' number and text."""
    return VBScriptError(code - (1 << 32), _TEXTS[code], "WinHttp.WinHttpRequest")


def looked_up(host: str, port: int) -> list[str]:
    """Ask the system for a host's addresses; raises OSError."""
    return list(dict.fromkeys(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


@dataclass(frozen=True, slots=True)
class Web:
    """What scripts may reach: public addresses and those in `networks`; bodies up to `max_size` bytes, everything within `time` seconds."""

    networks: tuple[Network, ...] = ()
    max_size: int = 10 << 20
    time: float = 60.0
    addresses: Callable[[str, int], list[str]] = looked_up
    trusted: ssl.SSLContext | None = field(default=None, compare=False)

    def fetch(self, call: Call) -> Reply:
        """Do a request and follow redirects; raises VBScriptError with one of the numbers above, 70 for an address that scripts may not reach."""
        deadline = monotonic() + self.time
        for _ in range(MOST_REDIRECTS):
            reply = self._once(call, deadline)
            following = _redirected(call, reply) if call.follow else None
            if following is None:
                return reply
            call = following
        raise failure(BAD_ANSWER)

    def may_reach(self, address: Address) -> bool:
        """Judge an address, by what it really leads to."""
        if any(address in network for network in self.networks if network.version == address.version):
            return True
        inner = _inner(address)
        if inner is not None:
            return self.may_reach(inner)
        return address.is_global and not address.is_multicast and address not in _TELLS_SECRETS

    def reachable(self, host: str, port: int) -> str:
        """Give the first address of a host that scripts may reach; raises NO_SUCH_HOST, 70."""
        try:
            found = [ipaddress.ip_address(text.partition("%")[0]) for text in self.addresses(host, port)]
        except (OSError, UnicodeError, ValueError):
            raise failure(NO_SUCH_HOST) from None
        allowed = next((address for address in found if self.may_reach(address)), None)
        if allowed is None:
            raise refused(f"scripts may not send requests to {host[:100]}, which is not on the internet (setting script_http_networks)")
        return str(allowed)

    def _once(self, call: Call, deadline: float) -> Reply:
        scheme, host, port, target = parsed(call.url)
        left = max(0.1, deadline - monotonic())
        connection = _Connection(host, port, self.reachable(host, port), self._context(call) if scheme == "https" else None)
        connection.timeout = min(call.connect_time, left)
        connected = False
        try:
            connection.connect()
            connected = True
            connection.sock.settimeout(min(call.answer_time, left))
            connection.request(call.method, target, call.body, dict(call.headers))
            with connection.getresponse() as answer:
                return Reply(answer.status, answer.reason, tuple(answer.getheaders()), self._body(answer, deadline), call.url)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise failure(_code(error, connected=connected)) from None
        finally:
            connection.close()

    def _context(self, call: Call) -> ssl.SSLContext:
        context = self.trusted or ssl.create_default_context()
        if not call.verify:  # the script said so, option 13056
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def _body(self, answer: http.client.HTTPResponse, deadline: float) -> bytes:
        """Read the body piece by piece: a server that drips, or never ends, meets the deadline or the limit."""
        pieces, size = [], 0
        while piece := answer.read1(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > self.max_size:
                raise failure(TOO_LARGE)
            if monotonic() > deadline:
                raise TimeoutError
        return b"".join(pieces)


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was judged, whatever the name means by now."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port)
        self._address = address
        self._context = context
        if context is not None:
            self.default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        """Connect to the judged address; TLS proves the name."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._context is not None:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)


def parsed(url: str) -> tuple[str, str, int, str]:
    """Take a URL apart: scheme, host, port, and what the request asks for; raises BAD_URL, BAD_SCHEME."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise failure(BAD_URL) from None
    if parts.scheme not in {"http", "https"}:
        raise failure(BAD_SCHEME)
    if not parts.hostname or any(character in url for character in "\r\n\0"):
        raise failure(BAD_URL)
    try:
        host = parts.hostname if parts.hostname.isascii() else parts.hostname.encode("idna").decode()
        target = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_URL_CHARACTERS)
    except UnicodeError:
        raise failure(BAD_URL) from None
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80), target


def _redirected(call: Call, reply: Reply) -> Call | None:
    """Give the request that a redirect asks for, None for none; from https to http it isn't followed, as WinHTTP does."""
    location = next((value for name, value in reply.headers if name.lower() == "location"), None)
    if reply.status not in _REDIRECTS or location is None:
        return None
    try:
        url = urljoin(call.url, location)
        before, after = urlsplit(call.url), urlsplit(url)
    except ValueError:
        raise failure(BAD_URL) from None
    if (before.scheme, after.scheme) == ("https", "http"):
        return None
    headers = call.headers
    if before.netloc != after.netloc:
        headers = tuple((name, value) for name, value in headers if name.lower() not in _FOR_ONE_HOST)
    if reply.status in {301, 302, 303} and call.method not in {"GET", "HEAD"}:
        kept = tuple((name, value) for name, value in headers if not name.lower().startswith("content-"))
        return call._replace(method="GET", url=url, headers=kept, body=None)
    return call._replace(url=url, headers=headers)


def _inner(address: Address) -> ipaddress.IPv4Address | None:
    """Give the IPv4 address that an IPv6 one stands for: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def _code(error: Exception, *, connected: bool) -> int:
    if isinstance(error, TimeoutError):
        return TIMED_OUT
    if isinstance(error, ssl.SSLCertVerificationError):
        return BAD_CERTIFICATE
    if isinstance(error, ssl.SSLError):
        return TLS_FAILED
    if isinstance(error, http.client.InvalidURL):
        return BAD_URL
    if isinstance(error, http.client.RemoteDisconnected | ConnectionResetError | BrokenPipeError | http.client.IncompleteRead):
        return ENDED
    if isinstance(error, http.client.HTTPException | ValueError):
        return BAD_ANSWER
    return ENDED if connected else CANNOT_CONNECT
