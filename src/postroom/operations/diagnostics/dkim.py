"""DKIM: whether the published keys are the keys that sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.directory.signing import ACTIVE
from postroom.formats.dkim import KeyRecord, KeyRecordError
from postroom.operations.diagnostics.check import found, good, wrong
from postroom.operations.dnsplan import quoted

if TYPE_CHECKING:
    from postroom.directory.signing import PublishedKey
    from postroom.operations.diagnostics.check import Check, World
    from postroom.operations.site import Site

WHY = "A signature whose key others can't fetch proves nothing; without DKIM large providers refuse or distrust mail."


async def checks(site: Site, world: World) -> list[Check]:
    """Compare each key that signs with its record; raises LookupFailed."""
    signing = [key for key in site.keys if key.state == ACTIVE]
    if not signing:
        fix = f"`postroom domain dkim show {site.domain}` makes keys and tells their records."
        return [wrong("dkim", f"{site.domain} has no keys to sign its mail with.", WHY, fix)]
    return [await check_key(key, site.domain, world) for key in signing]


async def check_key(key: PublishedKey, domain: str, world: World) -> Check:
    """Compare one key with what is published; raises LookupFailed."""
    host = key.host(domain)
    publish = f"Publish: {host}. IN TXT {quoted(key.record)}"
    texts = await found(world.names.txt(host))
    if not texts:
        return wrong("dkim", f"{host}, the {key.algorithm} key, is not published.", WHY, publish)
    if len(texts) > 1:
        return wrong("dkim", f"{host} has {len(texts)} records.", "With more than one, none of them counts.", f"Remove all but ours. {publish}")
    try:
        published = KeyRecord.parse(texts[0])
    except KeyRecordError as error:
        return wrong("dkim", f"{host} can't be used: {error}", WHY, f"Replace it. {publish}")
    if published.key is None:
        return wrong("dkim", f"{host} says that the key was revoked (an empty p=).", WHY, f"Replace it. {publish}")
    if published.key != KeyRecord.parse(key.record.encode()).key:
        return wrong("dkim", f"{host} is published, but with another key than the one that signs.", WHY, f"Replace it. {publish}")
    if published.hashes and "sha256" not in published.hashes:
        return wrong("dkim", f"{host} allows only {', '.join(sorted(published.hashes))}, not sha256.", WHY, f"Replace it. {publish}")
    if "y" in published.flags:
        why = "Others treat signatures of a key in test mode as if there were none."
        return wrong("dkim", f"{host} is in test mode (t=y).", why, f"Take t=y out. {publish}")
    return good("dkim", f"{host} publishes the {key.algorithm} key that signs.")
