from oakum.facts.catalogers.dpkg import dpkg
from oakum.kit import limits
from oakum.model.fact import Gap, Owns, Package, SourcePackage
from oakum.testing.files import read

STATUS = "var/lib/dpkg/status"


def one(stanza: str) -> Package:
    (fact,) = read(dpkg, {STATUS: stanza.encode()})
    assert isinstance(fact, Package)
    return fact


def test_source_has_its_own_version_in_brackets() -> None:
    package = one("Package: bash\nStatus: install ok installed\nVersion: 5-1+b2\nSource: bsh (5-1)\n")
    assert package.source == SourcePackage("bsh", "5-1")


def test_source_is_the_package_itself_when_not_named() -> None:
    package = one("Package: bash\nStatus: install ok installed\nVersion: 5-1\n")
    assert package.source == SourcePackage("bash", "5-1")


def test_removed_packages_are_not_installed() -> None:
    for state in ("deinstall ok config-files", "purge ok not-installed"):
        assert read(dpkg, {STATUS: f"Package: a\nStatus: {state}\nVersion: 1\n".encode()}) == []


def test_packages_whose_files_are_in_place_count() -> None:
    for state in ("hold ok installed", "deinstall ok installed", "install ok unpacked", "install ok triggers-pending"):
        assert one(f"Package: a\nStatus: {state}\nVersion: 1\n").name == "a"


def test_text_of_a_description_is_no_field() -> None:
    package = one("Package: a\nDescription: x\n Version: 9\n .\n Package: b\nVersion: 1\nStatus: install ok installed")
    assert (package.name, package.version) == ("a", "1")


def test_one_bad_part_does_not_lose_the_others() -> None:
    tree = {"var/lib/dpkg/status.d/a": b"\xff\xfe", "var/lib/dpkg/status.d/b": b"Package: b\nVersion: 1\n"}
    gap, package = read(dpkg, tree)
    assert isinstance(gap, Gap)
    assert isinstance(package, Package)


def test_distroless_sums_belong_to_the_package_of_their_part() -> None:
    tree = {
        "var/lib/dpkg/status.d/YmFzZQ": b"Package: base-files\nVersion: 1\n",
        "var/lib/dpkg/status.d/YmFzZQ.md5sums": b"00000000000000000000000000000000  ./etc/x\n",
    }
    _, owns = read(dpkg, tree)
    assert isinstance(owns, Owns)
    assert (owns.name, owns.files) == ("base-files", "etc/x")


def test_owner_of_a_list_has_no_architecture() -> None:
    (owns,) = read(dpkg, {"var/lib/dpkg/info/libc6:amd64.list": b"/.\n/lib\n/lib/libc.so.6"})
    assert isinstance(owns, Owns)
    assert (owns.name, owns.files) == ("libc6", "lib\nlib/libc.so.6")


def test_manuals_are_left_out_and_examples_are_kept() -> None:
    lines = b"/.\n/usr/share/man/man1/a.1.gz\n/usr/share/doc/a/changelog.gz\n/usr/share/doc/a/examples/package.json\n"
    (owns,) = read(dpkg, {"var/lib/dpkg/info/a.list": lines})
    assert isinstance(owns, Owns)
    assert owns.files == "usr/share/doc/a/examples/package.json"


def test_a_name_without_end_is_a_gap() -> None:
    name = "a" * (limits.FIELD_CHARACTERS + 1)
    (gap,) = read(dpkg, {STATUS: f"Package: {name}\nVersion: 1\n".encode()})
    assert isinstance(gap, Gap)


def test_needs_lead_to_the_alternatives_that_are_installed() -> None:
    stanzas = [
        "Package: app\nVersion: 1\nDepends: libc6 (>= 2.36), exim4 | mta, python3:any, no\nPre-Depends: dpkg (>= 1)\n",
        "Package: libc6\nVersion: 2.36\n",
        "Package: postfix\nVersion: 3\nProvides: mta, smtpd (= 1)\n",
        "Package: python3\nVersion: 3.11\n",
        "Package: dpkg\nVersion: 1.21\n",
    ]
    app = read(dpkg, {STATUS: "\n".join(stanzas).encode()})[0]
    assert isinstance(app, Package)
    assert app.depends == ("dpkg", "libc6", "postfix", "python3")
