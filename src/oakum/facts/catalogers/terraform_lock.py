"""Cataloger of the providers that Terraform and OpenTofu pin."""

import re
from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release
from oakum.model.fact import Fact, Package

_PROVIDER = re.compile(r'provider\s+"(?P<address>[^"]+)"\s*\{')
_VERSION = re.compile(r'version\s*=\s*"(?P<version>[^"]+)"')


@cataloger(version=1, reads=DECLARED, locks="**/.terraform.lock.hcl")
def terraform_lock(files: Files) -> Iterator[Fact]:
    """Providers that ``.terraform.lock.hcl`` pins.

    They are named by namespace and type; the host in their address is left out.
    """
    for file in files.locks:
        address = version = ""
        for line in (*file.text().splitlines(), "}"):
            opened, pinned = _PROVIDER.match(line.strip()), _VERSION.match(line.strip())
            if opened:
                address, version = opened["address"], ""
            elif pinned:
                version = pinned["version"]
            elif line.startswith("}") and address:
                name = "/".join(address.split("/")[-2:])
                yield release(Package("terraform", name, version, file.path))
                address = ""
