"""Derive the index of every plug-in folder anew; with ``--sealed`` for a wheel, where files never change."""

import sys

from oakum.apps.cli.group import COMMANDS
from oakum.apps.server.job import JOBS
from oakum.apps.server.resource import RESOURCES
from oakum.effects.format import FORMATS
from oakum.effects.notifier import NOTIFIERS
from oakum.facts.cataloger import CATALOGERS
from oakum.facts.record import RECORDS
from oakum.flows.kinds import CRITERIA, MATCHERS, SCHEMES
from oakum.intel.feed import FEEDS
from oakum.sources.opener import OPENERS

KINDS = (
    OPENERS,
    CATALOGERS,
    FEEDS,
    SCHEMES,
    MATCHERS,
    CRITERIA,
    FORMATS,
    RECORDS,
    COMMANDS,
    NOTIFIERS,
    RESOURCES,
    JOBS,
)
"""Every kind of plug-in there is."""

if __name__ == "__main__":
    for kind in KINDS:
        kind.rebuild(sealed="--sealed" in sys.argv)
