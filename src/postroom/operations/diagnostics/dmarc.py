"""DMARC: whether the domain says what others shall do with mail forged in its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.dmarc import DMARCError, Policy, is_dmarc
from postroom.operations.diagnostics.check import found, good, wrong

if TYPE_CHECKING:
    from postroom.operations.diagnostics.check import Check, World
    from postroom.operations.site import Site

WHY = "Large providers ask for DMARC from those who send much, and without it anybody may forge the domain's mail (RFC 7489)."


async def checks(site: Site, world: World) -> list[Check]:
    """Parse the domain's DMARC record; raises LookupFailed."""
    host = f"_dmarc.{site.domain}"
    publish = f'Publish: {host}. IN TXT "v=DMARC1; p=quarantine; rua=mailto:{site.postmaster}"'
    records = [text for text in await found(world.names.txt(host)) if is_dmarc(text)]
    if not records:
        return [wrong("dmarc", f"{site.domain} has no DMARC record.", WHY, publish)]
    if len(records) > 1:
        return [wrong("dmarc", f"{host} has {len(records)} DMARC records.", "With more than one, none of them counts.", f"Keep one. {publish}")]
    try:
        policy = Policy.parse(records[0])
    except DMARCError as error:
        return [wrong("dmarc", str(error), WHY, f"Replace it. {publish}")]
    if policy.policy == "none":
        why = "Others are told to deliver forged mail as if nothing were wrong; that is meant for the first weeks only."
        return [wrong("dmarc", "The policy is p=none.", why, f"When the reports show that your own mail passes: {publish}")]
    reports = f", with reports to {', '.join(policy.reports)}" if policy.reports else ", without reports (rua=)"
    return [good("dmarc", f"The policy is p={policy.policy}{reports}.")]
