"""SPF: whether the domain's record lets this server send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.spf import NoAnswer, Result, evaluate, policies
from postroom.network.resolver import LookupFailed
from postroom.network.spfnames import SPFNames
from postroom.operations.diagnostics.check import addresses_of, good, wrong

if TYPE_CHECKING:
    from postroom.formats.spf import Verdict
    from postroom.operations.diagnostics.check import Check, World
    from postroom.operations.site import Site

WHY = "Others refuse or distrust mail from servers that the sender's domain does not name (SPF, RFC 7208)."
NOBODY = "192.0.2.255"
"""An address that nobody has (RFC 5737): a record that lets it pass lets everybody pass."""


async def checks(site: Site, world: World) -> list[Check]:
    """Evaluate the domain's record for each of this server's addresses; raises LookupFailed."""
    names, domain = SPFNames(world.names), site.domain
    try:
        records = await policies(names, domain)
    except NoAnswer as error:
        raise LookupFailed(str(error)) from error
    if not records:
        return [wrong("spf", f"{domain} has no SPF record.", WHY, f'Publish: {domain}. IN TXT "v=spf1 mx -all"')]
    if len(records) > 1:
        texts = " and ".join(record.decode("ascii", "backslashreplace")[:200] for record in records[:5])
        return [wrong("spf", f"{domain} has {len(records)} SPF records: {texts}.", "With more than one, none of them counts.", "Join them into one.")]
    addresses = site.addresses or await addresses_of(world.names, site.hostname)
    if not addresses:
        fix = "Tell it by the setting public_addresses, then run this again."
        return [wrong("spf", "This server's public address is not known, so its SPF record can't be evaluated.", WHY, fix)]
    text = records[0].decode("ascii", "backslashreplace")[:400]
    verdicts = [(address, await evaluate(names, address, site.postmaster, site.hostname)) for address in (*addresses, NOBODY)]
    findings = [_finding(site, text, address, verdict) for address, verdict in verdicts[:-1]]
    if verdicts[-1][1].result is Result.PASS:
        findings.append(wrong("spf", f"The record {text} lets every host send.", "It protects nobody.", "End it with -all instead of +all."))
    return findings


def _finding(site: Site, text: str, address: str, verdict: Verdict) -> Check:
    if verdict.result is Result.TEMPERROR:
        raise LookupFailed(verdict.problem)
    if verdict.result is Result.PERMERROR:
        return wrong(
            "spf", f"The record {text} can't be used: {verdict.problem}", WHY, f'Mend it, or publish: {site.domain}. IN TXT "v=spf1 mx -all"'
        )
    if verdict.result is not Result.PASS:
        matched = f" by {verdict.mechanism}" if verdict.mechanism else ""
        kind = "ip6" if ":" in address else "ip4"
        fix = f"Add {kind}:{address} (or mx, where this server is the MX) before the last word of the record of {site.domain}."
        return wrong("spf", f"The record {text} gives {verdict.result}{matched} for {address}, from where this server sends.", WHY, fix)
    return good("spf", f"The record {text} lets {address} send, by {verdict.mechanism}.")
