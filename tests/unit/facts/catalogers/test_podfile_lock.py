from oakum.facts.catalogers.podfile_lock import podfile_lock
from oakum.model.fact import Package
from oakum.testing.files import read


def test_parts_of_a_pod_are_one_package_with_what_all_of_them_need() -> None:
    parts = b'  - A/Core (1.10):\n    - B (~> 2)\n    - A/Other\n  - "A/Other (1.10)":\n    - C\n'
    lock = b"PODS:\n" + parts + b"  - B (2.0)\n  - C (3)\n"
    assert read(podfile_lock, {"Podfile.lock": lock}) == [
        Package("cocoapods", "A", "1.10", "Podfile.lock", depends=("B", "C")),
        Package("cocoapods", "B", "2.0", "Podfile.lock"),
        Package("cocoapods", "C", "3", "Podfile.lock"),
    ]


def test_wrong_types_read_as_empty() -> None:
    assert read(podfile_lock, {"Podfile.lock": b"PODS: none\n"}) == []
