from oakum.facts.catalogers.apk import apk
from oakum.kit.limits import OWNED_CHARACTERS
from oakum.model import gaps
from oakum.model.fact import Gap, Owns, Package, SourcePackage
from oakum.testing.files import read


def test_origin_is_the_source_and_files_are_owned() -> None:
    stanza = b"P:ssl_client\nV:1.36-r1\nA:x86_64\nL:GPL-2.0-only\no:busybox\nF:usr/bin\nR:ssl_client\n\n"
    package, owns = read(apk, {"lib/apk/db/installed": stanza})
    assert isinstance(package, Package)
    assert package.source == SourcePackage("busybox", "1.36-r1")
    assert package.licenses == ("GPL-2.0-only",)
    assert isinstance(owns, Owns)
    assert owns.files == "usr/bin/ssl_client"


def test_the_database_below_usr_is_read() -> None:
    (package,) = read(apk, {"usr/lib/apk/db/installed": b"P:a\nV:1-r0\n"})
    assert isinstance(package, Package)
    assert package.source == SourcePackage("a", "1-r0")


def test_a_stanza_without_version_is_a_gap_and_the_next_counts() -> None:
    gap, package = read(apk, {"lib/apk/db/installed": b"P:a\n\nP:b\nV:1\n\n\n"})
    assert isinstance(gap, Gap)
    assert isinstance(package, Package)


def test_needs_lead_to_who_provides_them() -> None:
    text = (
        "P:app\nV:1\nD:so:libz.so.1 busybox>=1.36 !old /bin/sh\n\n"
        "P:zlib\nV:1\np:so:libz.so.1=1.3 cmd:x=1\n\nP:busybox\nV:1\np:/bin/sh\n"
    )
    app = read(apk, {"lib/apk/db/installed": text.encode()})[0]
    assert isinstance(app, Package)
    assert app.depends == ("busybox", "zlib")


def test_a_long_folder_before_many_files_passes_a_limit() -> None:
    bomb = b"P:bomb\nV:1\nF:" + b"d" * 100_000 + b"\nR:x" * (OWNED_CHARACTERS // 100_000 + 1)
    package, gap = read(apk, {"lib/apk/db/installed": b"P:a\nV:1\n\n" + bomb})
    assert isinstance(package, Package)
    assert isinstance(gap, Gap)
    assert gap.kind == gaps.LIMIT
