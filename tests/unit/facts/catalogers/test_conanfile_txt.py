from oakum.facts.catalogers.conanfile_txt import conanfile_txt
from oakum.model.fact import Package
from oakum.testing.files import read


def test_ranges_pin_nothing_and_options_are_no_packages() -> None:
    text = b"[requires]\na/1.0@acme/stable\nb/[>=1]\n# c/3\n[build_requires]\nd/4#rev\n[options]\na/2\n"
    facts = read(conanfile_txt, {"conanfile.txt": text})
    assert [(one.name, one.version, one.scope) for one in facts if isinstance(one, Package)] == [
        ("a", "1.0", ""),
        ("d", "4", "dev"),
    ]
