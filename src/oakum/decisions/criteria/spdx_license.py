"""The criterion ``spdx_license``."""

import re
from typing import Final

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import PACKAGE, PackageTest, criterion
from oakum.decisions.globs import fits
from oakum.model.inventory import Installed
from oakum.model.licenses import expression

_MARKS: Final = re.compile(r"[()]|\bWITH\b\s+\S+")


@criterion(level=PACKAGE, asked=Matches, version=1)
def spdx_license(asked: Matches) -> PackageTest:
    """A package can only be used under a licence of this kind: SPDX ids, ``GPL-*``.

    Of a choice (``MIT OR GPL-2.0-only``) the other one may be taken, so all of its sides must be so. What declares
    none, or none that SPDX knows, is unknown.
    """
    wanted = fits(asked.matches)

    def test(installed: Installed) -> bool | None:
        said = expression(installed.package.licenses, installed.package.type)
        if said is None:
            return None
        choices = [one.split(" AND ") for one in _MARKS.sub("", said).split(" OR ")]
        return all(any(wanted(name.strip()) for name in together) for together in choices)

    return test
