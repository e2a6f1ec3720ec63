"""HTTP: the door for browsers, programs and monitoring. ASGI; uvicorn reads and writes HTTP, our network layer owns the sockets.

`Sessions` makes one `Session` a connection; `Application` sends a request to the endpoint of its path, one file an endpoint, and all others to the
API (`api`), which `Later` loads. Trusts nothing from the client; what endpoints must know is given to them when they are made.
"""

from postroom.servers.http.application import Application
from postroom.servers.http.front import front
from postroom.servers.http.health import Health
from postroom.servers.http.later import Later
from postroom.servers.http.metrics import Metrics
from postroom.servers.http.session import Session, Sessions

__all__ = ["Application", "Health", "Later", "Metrics", "Session", "Sessions", "front"]
