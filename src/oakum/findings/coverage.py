"""What the judgement does not cover: unknown is never clean, so each hole is a gap of its own."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from oakum.model.advisory import DatabaseInfo
from oakum.model.decision import Basis
from oakum.model.distributions import SUPPORT_ENDS, SYSTEM_TYPES, release_ecosystem
from oakum.model.fact import Distribution, Gap, Package
from oakum.model.gaps import (
    END_OF_LIFE,
    FIXED_ONLY_DATA,
    NO_ADVISORY_DATA,
    NO_DATABASE,
    NO_DISTRIBUTION,
    OLD_DATA,
    STARTER_DATA,
    UNSUPPORTED_DISTRIBUTION,
)
from oakum.model.inventory import Inventory
from oakum.model.package_note import is_noted
from oakum.model.stated_release import stated_release

_BUILT_DAYS: Final = 7
_RECORD_DAYS: Final = 30
_CATALOGS: Final = frozenset({"kev", "cve_records"})
"""Sources that say of every vulnerability whether CISA lists it as exploited."""
_HOW: Final = "`oakum db update --from BASE` gets the full data (60,000 records: 41 MB to fetch, 50 MB on disk)"


def coverage(
    inventory: Inventory, ecosystems: Sequence[str], info: DatabaseInfo | None, now: datetime
) -> tuple[Gap, ...]:
    """What cannot be known of an inventory with these advisories.

    Args:
        inventory: what is installed.
        ecosystems: those that were asked about.
        info: what the database is made of; None where there is none.
        now: the time, with its zone.
    """
    return (*_distribution(inventory, now), *_data(ecosystems, info, now))


def data_of(info: DatabaseInfo | None, now: datetime) -> Basis:
    """What a gate may ask about these advisories."""
    if info is None:
        return Basis()
    catalogs = any(one.name in _CATALOGS and one.records for one in info.sources)
    return Basis(catalogs, (now - datetime.fromisoformat(info.current)).total_seconds() / 3600)


def _distribution(inventory: Inventory, now: datetime) -> Iterator[Gap]:
    if inventory.distribution is not None:
        yield from _release(inventory.distribution, now)
        return
    system = [one.package for one in inventory.packages if _recorded(one.package)]
    stated = [stated_release(package) for package in system]
    for found in dict.fromkeys(one for one in stated if one is not None):
        yield from _release(found, now)
    count = stated.count(None)
    if count:
        was = "was" if count == 1 else "were"
        yield Gap(NO_DISTRIBUTION, f"no os-release says whose packages these are: {count} {was} not judged")
    elif not inventory.packages:
        yield Gap(NO_DISTRIBUTION, "neither a distribution nor a package was found: nothing was judged")


def _recorded(package: Package) -> bool:
    """Whether some database or archive of a distribution names the package; of those of notes each says its own gap."""
    return package.type in SYSTEM_TYPES and not is_noted(package)


def _release(found: Distribution, now: datetime) -> Iterator[Gap]:
    ecosystem = release_ecosystem(found)
    if ecosystem is None:
        what = f"no advisories speak of {_words(found)}: its packages were not judged"
        yield Gap(UNSUPPORTED_DISTRIBUTION, what, found.path)
        return
    ended = SUPPORT_ENDS.get(ecosystem, "")
    if ended and ended < now.date().isoformat():
        what = f"{_words(found)} has had no security updates since {ended}: new vulnerabilities stay unmended"
        yield Gap(END_OF_LIFE, what, found.path)


def _words(found: Distribution) -> str:
    return found.name or " ".join(part for part in (found.id, found.version) if part) or "a distribution without a name"


def _data(ecosystems: Sequence[str], info: DatabaseInfo | None, now: datetime) -> Iterator[Gap]:
    if info is None:
        yield Gap(NO_DATABASE, f"there are no advisories, so nothing was judged; {_HOW}")
        return
    for ecosystem in ecosystems:
        known = info.ecosystems.get(ecosystem)
        if known is None:
            yield Gap(NO_ADVISORY_DATA, f"the data know nothing of {ecosystem}: its packages were not judged")
        elif known.fixed_only:
            yield Gap(FIXED_ONLY_DATA, f"the data of {ecosystem} name only what was fixed; unfixed: unknown")
    yield from _age(ecosystems, info, now)


def _age(ecosystems: Sequence[str], info: DatabaseInfo, now: datetime) -> Iterator[Gap]:
    if info.starter:
        what = f"judged by the starter data of {info.built[:10]}, a part of what is published; {_HOW}"
        yield Gap(STARTER_DATA, what)
    elif info.current[:10] < _day(now, _BUILT_DAYS):
        yield Gap(OLD_DATA, f"the database is of {info.current[:10]}, more than {_BUILT_DAYS} days old")
    newest = {name: info.ecosystems[name].newest[:10] for name in ecosystems if name in info.ecosystems}
    old = [f"{name} {day}" for name, day in newest.items() if day and day < _day(now, _RECORD_DAYS)]
    if old:
        what = f"the newest records are more than {_RECORD_DAYS} days old: {', '.join(old)}"
        yield Gap(OLD_DATA, what)


def _day(now: datetime, ago: int) -> str:
    return (now - timedelta(days=ago)).date().isoformat()
