"""Cataloger of .NET packages that a published program holds."""

from collections.abc import Iterator

from oakum.facts.cataloger import cataloger
from oakum.facts.dotnet_dependencies import libraries
from oakum.facts.files import Files
from oakum.facts.lockfile import table_of
from oakum.model.fact import Fact


@cataloger(version=2, programs="**/*.deps.json")
def dotnet_deps(files: Files) -> Iterator[Fact]:
    """.NET packages that a published program or a shared framework holds.

    The file beside the program lists its libraries: packages, the program's own projects, and the runtime pack of
    a self-contained program, whose package is named without its prefix. Assemblies that are referenced as
    mere files belong to no package. A package that brings no file, and leads to none that does, only took part in
    the build: it has the scope ``dev``.
    """
    for file in files.programs:
        yield from libraries(table_of(file), file.path)
