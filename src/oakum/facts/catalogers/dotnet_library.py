"""Cataloger of .NET libraries, by their version resource."""

from collections.abc import Iterator

from oakum.facts.cataloger import Group, cataloger
from oakum.facts.dotnet_assembly import assembly
from oakum.facts.files import Files
from oakum.model.fact import Fact


@cataloger(
    version=1,
    libraries=Group(glob="**/*.dll", large=True, loose=True),
    programs=Group(glob="**/*.exe", large=True, loose=True),
)
def dotnet_library(files: Files) -> Iterator[Fact]:
    """.NET libraries without a record of their packages, by the version resource that compilers write.

    The name is that of the assembly, which most packages share; the version is the product's, which build tools
    take from the package, or else the file's. Both are marked as guessed. Where a ``deps.json`` lies in the same
    folder, it says better which packages these are. Native libraries and translations (``*.resources.dll``) are none.
    """
    for file in files.every():
        with file.open() as content:
            found = assembly(content, file.path, file.path)
        if found is not None:
            yield found
