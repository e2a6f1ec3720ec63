"""Requests to a small server of this machine, which the rules for addresses let through here; and to all that they don't."""

import ipaddress
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from postroom.languages.vbscript.errors import VBScriptError
from postroom.scripting.helpers.desk import Desk
from postroom.scripting.helpers.web import Call, Web, looked_up, parsed
from scripthouse import echoed


class Site(BaseHTTPRequestHandler):
    """Answers by the path."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        if self.path.startswith("/to/"):
            self.answer(302, Location=self.path[4:])
        elif self.path == "/loop":
            self.answer(302, Location="/loop")
        elif self.path == "/latin":
            self.answer(200, b"\xe4", Content_Type="text/plain; charset=iso-8859-1")
        elif self.path == "/xml":
            self.answer(200, b"<a>1</a>", Content_Type="text/xml")
        elif self.path == "/endless":
            self.endless()
        elif self.path == "/broken":
            self.close_connection = True
            self.wfile.write(b"nonsense\r\n\r\n")
        elif self.path == "/dropped":
            self.close_connection = True
        else:
            self.answer(
                200 if self.path == "/" else 404, f"{self.path} {self.headers.get('Authorization')} {self.headers.get('X-A')}".encode(), X_B="1"
            )

    def endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/see-other":
            self.answer(303, Location="/")
        else:
            self.answer(200, self.headers.get("Content-Type", "").encode() + b"|" + body)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
MAKE = 'Set r = CreateObject("{}")\nSub G(m, p, b): r.open m, U & p, False: r.send b: End Sub\n'

PROGRAMS = {
    "a page is fetched": ('G "GET", "/", Empty: WScript.Echo r.status, r.statusText, r.responseText, r.readyState', "200 OK / None None 4"),
    "a page that isn't there": ('G "GET", "/none", Empty: WScript.Echo r.status', "404"),
    "a text is sent as UTF-8": ('G "POST", "/", "aä": WScript.Echo r.responseText', "text/plain; charset=utf-8|aä"),
    "a form is sent": (
        'r.open "POST", U & "/", False: r.setRequestHeader "Content-Type", "application/x-www-form-urlencoded": r.send "a=1": WScript.Echo r.responseText',
        "application/x-www-form-urlencoded|a=1",
    ),
    "headers go out and come in": (
        'r.open "GET", U & "/", False: r.setRequestHeader "X-A", "5": r.send: WScript.Echo r.responseText, r.getResponseHeader("x-b"), InStr(r.getAllResponseHeaders, "X-B: 1") > 0, "[" & r.getResponseHeader("none") & "]"',
        "/ None 5 1 True []",
    ),
    "credentials": ('r.open "GET", U & "/", False, "u", "p": r.send: WScript.Echo r.responseText', "/ Basic dTpw None"),
    "the charset is heard": ('G "GET", "/latin", Empty: WScript.Echo r.responseText, LenB(r.responseBody)', "ä 1"),
    "XML is a document": ('G "GET", "/xml", Empty: WScript.Echo r.responseXML.documentElement.text', "1"),
    "bytes are a stream": ('G "GET", "/latin", Empty: WScript.Echo r.responseStream.Size', "1"),
    "redirects are followed": ('G "GET", "/to//", Empty: WScript.Echo r.status', "200"),
    "a form that is redirected becomes a page": ('G "POST", "/see-other", "x": WScript.Echo r.status, r.responseText', "200 / None None"),
    "a loop of redirects ends": ('G "GET", "/loop", Empty', "!-2147012744"),
    "no answer yet": ('r.open "GET", U & "/", False: x = r.status', "!-2147483638"),
    "sending without opening": ("r.send", "!-2147483638"),
    "an answer that is none": ('G "GET", "/broken", Empty', "!-2147012744"),
    "a redirect to what is no URL": ('G "GET", "/to/http://[bad", Empty', "!-2147012891"),
    "half a letter in a URL": ('G "GET", "/" & ChrW(&hD800), Empty: WScript.Echo r.status', "404"),
    "a connection that ends": ('G "GET", "/dropped", Empty', "!-2147012866"),
    "a body without end": ('G "GET", "/endless", Empty', "!-2147012895"),
    "a line in a header": ('r.open "GET", U & "/", False: r.setRequestHeader "X-A", "1" & vbCrLf & "Evil: 1"', "!5"),
    "a line in a header's name": ('r.open "GET", U & "/", False: r.setRequestHeader "X" & vbLf & "Y", "1"', "!5"),
    "a line in a method": ('r.open "GET / HTTP/1.1" & vbCrLf & "X: y", U & "/", False', "!5"),
    "a line in a URL": ('G "GET", "/a" & vbCrLf & "Evil: 1", Empty', "!-2147012891"),
    "a URL of another kind": ('r.open "GET", "file:///etc/passwd", False: r.send', "!-2147012890"),
    "a URL without host": ('r.open "GET", "http:///x", False: r.send', "!-2147012891"),
    "nothing listens": ('r.open "GET", "http://127.0.0.1:1/", False: r.send', "!-2147012867"),
    "asynchronous requests are done at once": ('r.open "GET", U & "/", True: r.send: WScript.Echo r.readyState, r.status', "4 200"),
    "aborting forgets": ('G "GET", "/", Empty: r.abort: WScript.Echo r.readyState', "0"),
}


@pytest.mark.parametrize("progid", ["Microsoft.XMLHTTP", "MSXML2.ServerXMLHTTP.6.0", "WinHttp.WinHttpRequest.5.1"])
@pytest.mark.parametrize("sentence", PROGRAMS)
def test_requests(sentence: str, progid: str, site: str) -> None:
    program, result = PROGRAMS[sentence]
    desk = Desk(web=Web(networks=LOOPBACK, max_size=1 << 20))
    assert echoed(f'U = "{site}"\n' + MAKE.format(progid) + program, desk) == result


def test_options_of_winhttp(site: str) -> None:
    program = 'r.Option(6) = False: r.Option(0) = "me": r.SetTimeouts 1000, 1000, 1000, 1000: G "GET", "/to//", Empty: WScript.Echo r.Status, r.Option(0), r.Option(6), r.WaitForResponse(5)'
    assert echoed(f'U = "{site}"\n' + MAKE.format("WinHttp.WinHttpRequest.5.1") + program, Desk(web=Web(networks=LOOPBACK))) == "302 me False True"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:0:0:0:0:80ff:fffe]",
        "[ff02::1]",
    ],
)
def test_no_request_goes_to_an_address_that_is_not_on_the_internet(host: str) -> None:
    with pytest.raises(VBScriptError, match="script_http_networks") as caught:
        Web().fetch(Call("GET", f"http://{host}/"))
    assert caught.value.number == 70


def test_a_name_that_leads_inside_is_refused_whatever_else_it_leads_to(site: str) -> None:
    with pytest.raises(VBScriptError, match=r"inside\.example") as caught:
        Web(addresses=lambda *_: ["10.0.0.1", "127.0.0.1"]).fetch(Call("GET", "http://inside.example/"))
    assert caught.value.number == 70


def test_a_redirect_inside_is_refused(site: str) -> None:
    with pytest.raises(VBScriptError) as caught:
        Web(networks=LOOPBACK).fetch(Call("GET", f"{site}/to/http://169.254.169.254/latest/meta-data"))
    assert caught.value.number == 70


def test_a_name_that_changes_its_address_is_not_asked_twice(site: str) -> None:
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    port = site.rpartition(":")[2]
    assert Web(networks=LOOPBACK, addresses=rebinding).fetch(Call("GET", f"http://name.example:{port}/")).status == 200
    assert asked == ["name.example"]


def test_credentials_do_not_follow_to_another_host(site: str) -> None:
    port = site.rpartition(":")[2]
    web = Web(networks=LOOPBACK, addresses=lambda *_: ["127.0.0.1"])
    call = Call("GET", f"http://one.example:{port}/to/http://two.example:{port}/", (("Authorization", "secret"), ("X-A", "kept")))
    assert web.fetch(call).body == b"/ None kept"


def test_a_name_that_is_not_there() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError

    with pytest.raises(VBScriptError) as caught:
        Web(addresses=unknown).fetch(Call("GET", "http://none.example/"))
    assert caught.value.number == -2147012889
    assert caught.value.description == "The server name or address could not be resolved"


def test_a_server_without_tls_is_an_error_of_tls(site: str) -> None:
    with pytest.raises(VBScriptError) as caught:
        Web(networks=LOOPBACK).fetch(Call("GET", site.replace("http:", "https:")))
    assert caught.value.number == -2147012739


def test_the_public_internet_is_within_reach_and_networks_may_be_added() -> None:
    assert Web().may_reach(ipaddress.ip_address("93.184.216.34"))
    assert Web().may_reach(ipaddress.ip_address("2606:2800:220:1:248:1893:25c8:1946"))
    assert Web(networks=(ipaddress.ip_network("10.1.0.0/16"),)).may_reach(ipaddress.ip_address("10.1.2.3"))
    assert not Web(networks=(ipaddress.ip_network("10.1.0.0/16"),)).may_reach(ipaddress.ip_address("10.2.2.3"))
    assert looked_up("127.0.0.1", 80) == ["127.0.0.1"]


def test_urls_are_taken_apart() -> None:
    assert parsed("HTTP://Example.COM:8080/a b?c=ä#frag") == ("http", "example.com", 8080, "/a%20b?c=%C3%A4")
    assert parsed("https://user:pw@bücher.example") == ("https", "xn--bcher-kva.example", 443, "/")
