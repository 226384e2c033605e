"""Syft's names of the kinds of packages (``syft/pkg/type.go``), which differ from the purl types."""

from typing import Final

TYPES: Final = {
    "alpm": "alpm", "apk": "apk", "bitnami": "bitnami", "cargo": "rust-crate", "cocoapods": "pod",
    "composer": "php-composer", "conan": "conan", "conda": "conda", "cran": "R-package", "deb": "deb",
    "ebuild": "portage", "gem": "gem", "github": "github-action", "golang": "go-module", "hackage": "hackage",
    "hex": "hex", "luarocks": "lua-rocks", "maven": "java-archive", "nix": "nix", "npm": "npm", "nuget": "dotnet",
    "opam": "opam", "pear": "php-pear", "portage": "portage",
    "pub": "dart-pub", "pypi": "python", "rpm": "rpm", "swift": "swift",
    "wordpress-plugin": "wordpress-plugin",
}  # fmt: skip
"""purl type -> Syft's name."""

PURL_TYPES: Final = {name: purl_type for purl_type, name in reversed(TYPES.items())} | {
    "jenkins-plugin": "maven", "php-pecl": "pear",
}  # fmt: skip
"""Syft's name -> purl type; where two purl types have one name, the first of the table."""
