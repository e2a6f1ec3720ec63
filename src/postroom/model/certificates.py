"""Certificates for ports."""

from __future__ import annotations

from postroom.directory import certificates as directory
from postroom.directory.errors import DirectoryError
from postroom.errors import Unavailable
from postroom.model.collection import RecordCollection, add, by_id, count, delete_by_id, item, refresh
from postroom.model.description import Right, method, stored
from postroom.model.errors import Failed
from postroom.model.files import may_name
from postroom.model.kinds import String
from postroom.model.row import RecordRow, deletes, identity, saves


class SSLCertificates(RecordCollection, iid="A6C0B92B-3973-4E0A-86CB-440AD6C80B71", clsid="BE7AF6BB-2ECA-4313-BE00-16A72D82AE49"):
    """The certificates that ports may use."""

    __slots__ = ()
    of = "SSLCertificate"
    kind = directory.Certificate

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(5)
    DeleteByDBID = delete_by_id(2)
    Add = add(3)
    Refresh = refresh(6)

    @method(7, "Deletes all of them.")
    async def Clear(self) -> None:
        try:
            await self.clear()
        except (DirectoryError, Unavailable):
            raise Failed("Clearing of SSL certificates failed") from None


class SSLCertificate(RecordRow, iid="5CB10D83-8FDA-461B-AD5B-3CBBF9476FD6", clsid="11A68C45-EC73-496A-A300-2EB8820824EF"):
    """A certificate and its private key, as files on the server's machine."""

    __slots__ = ()

    ID = identity(1)
    Name = stored(String, 2, "name", "The name of the certificate, up to 255 characters.")
    CertificateFile = stored(String, 4, "certificate_file", "The path of the certificate with its chain, in PEM.", write_rule=may_name)
    PrivateKeyFile = stored(String, 5, "key_file", "The path of its private key, in PEM.", write_rule=may_name)
    Save = saves(3, Right.SERVER)
    Delete = deletes(6, Right.SERVER)
