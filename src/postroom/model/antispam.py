"""AntiSpam: what is tested of mail that comes in."""

from __future__ import annotations

from typing import Final

from postroom.model.applied import applied, in_kilobytes
from postroom.model.description import Member, Right, child, method
from postroom.model.enumerations import eDKIMResult
from postroom.model.kinds import Boolean, Integer, String
from postroom.model.object import Object

LATER: Final = "mail is not tested for spam yet"


def tested(kind: object, dispid: int, name: str) -> Member:
    """Declare a property of the tests."""
    declared: Member = applied(kind, dispid, f"antispam.{name}", pending=LATER)
    return declared


class AntiSpam(Object, iid="998A7E66-21FA-47CC-9DB4-81822F2D05C9", clsid="A0B91A99-BCE8-4939-94EC-0881E25A1E5B"):
    """The spam tests, what each counts, and what becomes of mail that counts too much."""

    __slots__ = ()

    GreyListingEnabled = tested(Boolean, 1, "grey_listing_enabled")
    GreyListingInitialDelay = tested(Integer, 2, "grey_listing_initial_delay")
    GreyListingInitialDelete = tested(Integer, 3, "grey_listing_initial_delete")
    GreyListingFinalDelete = tested(Integer, 4, "grey_listing_final_delete")
    SURBLServers = child("SURBLServers", 6, "The lists of host names that spam links to.")
    CheckHostInHelo = tested(Boolean, 7, "check_host_in_helo")
    AddHeaderSpam = tested(Boolean, 8, "add_header_spam")
    AddHeaderReason = tested(Boolean, 9, "add_header_reason")
    PrependSubject = tested(Boolean, 10, "prepend_subject")
    PrependSubjectText = tested(String, 11, "prepend_subject_text")
    GreyListingWhiteAddresses = child("GreyListingWhiteAddresses", 12, "The client addresses whose mail is never put off.")
    WhiteListAddresses = child("WhiteListAddresses", 13, "The client addresses and senders whose mail is not tested.")
    CheckHostInHeloScore = tested(Integer, 14, "check_host_in_helo_score")
    SpamMarkThreshold = tested(Integer, 15, "spam_mark_threshold")
    SpamDeleteThreshold = tested(Integer, 16, "spam_delete_threshold")
    UseSPF = tested(Boolean, 17, "use_spf")
    UseMXChecks = tested(Boolean, 18, "use_mx_checks")
    UseSPFScore = tested(Integer, 19, "use_spf_score")
    UseMXChecksScore = tested(Integer, 20, "use_mx_checks_score")
    DNSBlackLists = child("DNSBlackLists", 21, "The lists of client addresses that send spam.")
    TarpitDelay = Member(
        22, "Accepted and ignored; reads 0.", get=lambda _: 0, put=lambda *_: None, write=Right.PARENT, type="integer", ignored=("get", "put")
    )
    TarpitCount = Member(
        23, "Accepted and ignored; reads 0.", get=lambda _: 0, put=lambda *_: None, write=Right.PARENT, type="integer", ignored=("get", "put")
    )
    SpamAssassinEnabled = tested(Boolean, 24, "spam_assassin_enabled")
    SpamAssassinScore = tested(Integer, 25, "spam_assassin_score")
    SpamAssassinMergeScore = tested(Boolean, 26, "spam_assassin_merge_score")
    SpamAssassinHost = tested(String, 27, "spam_assassin_host")
    SpamAssassinPort = tested(Integer, 28, "spam_assassin_port")
    MaximumMessageSize = in_kilobytes(
        Integer, 30, "antispam.maximum_message_size", "The size above which content is not tested, in kilobytes; 0: all is.", pending=LATER
    )
    DKIMVerificationEnabled = tested(Boolean, 32, "dkim_verification_enabled")
    DKIMVerificationFailureScore = tested(Integer, 33, "dkim_verification_failure_score")
    BypassGreylistingOnSPFSuccess = tested(Boolean, 34, "bypass_greylisting_on_spf_success")
    BypassGreylistingOnMailFromMX = tested(Boolean, 35, "bypass_greylisting_on_mail_from_mx")
    CheckPTR = tested(Boolean, 37, "check_ptr")
    CheckPTRScore = tested(Integer, 38, "check_ptr_score")

    @method(29, "Forgets all senders that greylisting has met.", pending="there is no greylisting yet")
    async def ClearGreyListingTriplets(self) -> None:
        """Pending."""

    @method(31, "Verifies the signature (DKIM) of a message file in the data folder.", pending="signatures are not verified yet")
    async def DKIMVerify(self, File: String) -> eDKIMResult:
        return eDKIMResult.eDKNeutral

    @method(
        36, "Tells whether SpamAssassin answers at a host and port, and what it said.", outs=("ResultText",), pending="SpamAssassin is not asked yet"
    )
    async def TestSpamAssassinConnection(self, Hostname: String, Port: Integer) -> Boolean:
        return False
