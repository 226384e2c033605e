import json

from oakum.facts.catalogers.renv_lock import renv_lock
from oakum.model.fact import Package
from oakum.testing.files import read


def test_bioconductor_is_a_type_of_its_own() -> None:
    entries = {
        "a": {"Package": "a", "Version": "1.0-2", "Source": "Repository"},
        "b": {"Package": "b", "Version": "2", "Source": "Bioconductor", "Requirements": ["R", "a"]},
    }
    facts = read(renv_lock, {"renv.lock": json.dumps({"Packages": entries}).encode()})
    assert facts == [
        Package("cran", "a", "1.0-2", "renv.lock"),
        Package("bioconductor", "b", "2", "renv.lock", depends=("a",)),
    ]
