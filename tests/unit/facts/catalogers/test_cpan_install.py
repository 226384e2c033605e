from oakum.facts.catalogers.cpan_install import cpan_install
from oakum.model.fact import Gap, Package
from oakum.testing.files import read

META, LOG = "usr/share/perl/.meta/x/install.json", "usr/lib/perl/perllocal.pod"


def logged(module: str, version: str) -> bytes:
    return (
        f"=head2 Wed Nov 25: C<Module> L<{module}|{module}>\n\n=item *\n\nC<VERSION: {version}>\n\n=back\n\n".encode()
    )


def test_a_record_names_author_and_distribution() -> None:
    record = (
        b'{"dist": "libwww-perl-6.76", "name": "LWP", "version": "6.75", "pathname": "O/OA/OALDERS/libwww-perl.tgz"}'
    )
    assert read(cpan_install, {META: record}) == [Package("cpan", "OALDERS/libwww-perl", "6.76", META)]


def test_the_log_keeps_the_last_version_and_yields_to_a_record() -> None:
    log = logged("A::B", "1.0") + logged("URI", "5") + logged("A::B", "1.1")
    record = b'{"dist": "URI-5.17", "pathname": "O/OA/OALDERS/URI-5.17.tar.gz"}'
    found = read(cpan_install, {META: record, LOG: log})
    assert found[1:] == [Package("cpan", "A-B", "1.1", LOG, guessed="main module")]


def test_one_broken_record_costs_itself_alone() -> None:
    gap, package = read(cpan_install, {META: b"{", META.replace("x", "y"): b'{"dist": "A-1"}'})
    assert isinstance(gap, Gap)
    assert isinstance(package, Package)
