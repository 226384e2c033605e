"""Our own words in SBOMs, for what their forms have no field for; we write them and read them back."""

from typing import Final

GAP: Final = "oakum:gap"
"""A gap of the reading, as JSON: whoever judges the SBOM later inherits it."""

JUDGEMENT_GAP: Final = "oakum:judgement-gap"
"""A gap of the judging; it is for the reader of this document alone, since a later judgement finds its own."""

LAYER: Final = "oakum:layer"
"""The layer that brought a package: ``oakum:layer:index``, ``oakum:layer:digest``, ``oakum:layer:instruction``."""

OWNER: Final = "oakum:owner"
"""The purl of the distribution's package that owns a package's files."""

PATH: Final = "oakum:path"
"""A file that says that the package is there."""

SOURCE: Final = "oakum:source"
"""The source package: ``oakum:source:name`` and ``oakum:source:version``."""

MODULE: Final = "oakum:module"
"""The module of a modular distribution that a package belongs to."""

GUESSED: Final = "oakum:guessed"
"""What name and version were taken from where nothing states them."""

SCOPE: Final = "oakum:scope"
"""``dev`` or ``optional``."""

DISTRIBUTION: Final = "oakum:distribution"
"""Of the distribution: ``oakum:distribution:codename``, ``oakum:distribution:like``."""

NOT_JUDGED: Final = "oakum:not-judged"
"""Why a package was deliberately not judged."""
