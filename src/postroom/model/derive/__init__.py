"""What is made of the description: parts of the clients. `make clients` writes them; a test compares them with what is checked in."""

from __future__ import annotations

from postroom.model.derive import dotnet, php, python, windows

FILES = {**dotnet.FILES, **php.FILES, **python.FILES, **windows.FILES}
"""What is generated: a path below clients/, and the function that writes its text."""
