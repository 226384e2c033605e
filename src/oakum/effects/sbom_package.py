"""What a report knows of a package and an SBOM's form has no field for, as named values."""

from oakum.model import sbom_words as words
from oakum.model.artifact import Artifact
from oakum.model.inventory import Installed

_SOURCED = frozenset({"deb", "apk", "rpm"})


def named_values(installed: Installed, artifact: Artifact) -> list[tuple[str, str]]:
    """Layer, owner, paths and the like, in a fixed order; empty ones are left out."""
    package = installed.package
    found = [
        *_layer(installed, artifact),
        (words.OWNER, installed.owner),
        (words.SOURCE + ":name", package.source.name if package.source else ""),
        (words.SOURCE + ":version", package.source.version if package.source else ""),
        (words.MODULE, package.module),
        (words.GUESSED, package.guessed),
        (words.SCOPE, package.scope),
        *((words.PATH, path) for path in paths_of(installed)),
    ]
    return [(name, value) for name, value in found if value]


def trivy_values(installed: Installed, artifact: Artifact) -> list[tuple[str, str]]:
    """The names by which Trivy finds the layer and the source package, which it judges by."""
    package, found = installed.package, []
    if 0 <= installed.layer < len(artifact.layers):
        layer = artifact.layers[installed.layer]
        found += [("LayerDiffID", layer.diff_id), ("LayerDigest", layer.digest)]
    if package.source and package.type in _SOURCED:
        found += [("SrcName", package.source.name), ("SrcVersion", package.source.version)]
    return [(f"aquasecurity:trivy:{name}", value) for name, value in found if value]


def paths_of(installed: Installed) -> tuple[str, ...]:
    """Every file that says that the package is there."""
    return installed.paths or (installed.package.path,)


def _layer(installed: Installed, artifact: Artifact) -> list[tuple[str, str]]:
    if not 0 <= installed.layer < len(artifact.layers) or not artifact.layers[installed.layer].digest:
        return []
    layer = artifact.layers[installed.layer]
    values = (("index", str(installed.layer)), ("digest", layer.digest), ("instruction", layer.instruction))
    return [(f"{words.LAYER}:{name}", value) for name, value in values]
