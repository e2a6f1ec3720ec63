"""WScript.Network: who and where the script is."""

from postroom.scripting.helpers.component import Component, member
from postroom.scripting.helpers.desk import Desk


class WshNetwork(Component):
    """Names of the machine and of the user that the server runs as; there are no network drives and printers."""

    __slots__ = ("_desk",)

    type_name = "IWshNetwork2"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @member()
    def computer_name(self) -> str:
        """The machine's name, as Windows writes it."""
        return self._desk.host_name.partition(".")[0].upper()

    @member()
    def user_name(self) -> str:
        """The user's name."""
        return self._desk.user_name

    @member()
    def user_domain(self) -> str:
        """The machine's name: no domain of Windows is joined."""
        return self.computer_name()
