"""The kinds of gaps, and which of them leave something unjudged.

A *blind* gap means that a part of the artifact was not judged at all; a gate that was
asked for cannot say yes then. The others say that what was judged rests on weaker data.
"""

from typing import Final

UNREADABLE_FILE: Final = "unreadable-file"
DAMAGED_LAYER: Final = "damaged-layer"
LIMIT: Final = "limit"
PARSER_ENDED: Final = "parser-ended"
NOT_FOLLOWED: Final = "not-followed"
NO_DISTRIBUTION: Final = "no-distribution"
UNSUPPORTED_DISTRIBUTION: Final = "unsupported-distribution"
NO_ADVISORY_DATA: Final = "no-advisory-data"
UNCOMPARABLE_VERSION: Final = "uncomparable-version"
UNIDENTIFIED_PACKAGE: Final = "unidentified-package"
NO_DATABASE: Final = "no-database"

END_OF_LIFE: Final = "end-of-life"
FIXED_ONLY_DATA: Final = "fixed-only-data"
STARTER_DATA: Final = "starter-data"
OLD_DATA: Final = "old-data"
UNCONFINED: Final = "unconfined"
NOT_KEPT: Final = "not-kept"
LEFT_OUT: Final = "left-out"

BLIND: Final = frozenset({
    UNREADABLE_FILE, DAMAGED_LAYER, LIMIT, PARSER_ENDED, NOT_FOLLOWED, NO_DISTRIBUTION,
    UNSUPPORTED_DISTRIBUTION, NO_ADVISORY_DATA, UNCOMPARABLE_VERSION, UNIDENTIFIED_PACKAGE,
    NO_DATABASE,
})  # fmt: skip
"""Kinds that leave a part of the artifact unjudged."""

UNSEEN: Final = frozenset({UNREADABLE_FILE, DAMAGED_LAYER, LIMIT, PARSER_ENDED, NOT_FOLLOWED, UNIDENTIFIED_PACKAGE})
"""The blind ones that may hide a package; the others leave a package that is known without a judgement."""

KINDS: Final = BLIND | {END_OF_LIFE, FIXED_ONLY_DATA, STARTER_DATA, OLD_DATA, UNCONFINED, NOT_KEPT, LEFT_OUT}
"""All kinds there are."""
