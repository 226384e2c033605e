import pytest

from oakum.facts.catalogers.gemspec import gemspec
from oakum.model.fact import Gap, Package
from oakum.testing.files import read

FOLDER = "usr/lib/ruby/gems/3.1.0/specifications/"


def only(text: str, name: str = "x-1.0.gemspec") -> Package:
    (fact,) = read(gemspec, {FOLDER + name: text.encode()})
    assert isinstance(fact, Package)
    return fact


@pytest.mark.parametrize("quoted", ['"rake".freeze', "'rake'", "%q{rake}", "%q<rake>.freeze"])
def test_every_way_that_rubygems_wrote_a_name(quoted: str) -> None:
    found = only(f'Gem::Specification.new do |s|\n  s.name = {quoted}\n  s.version = "13.0.6"\n')
    assert (found.name, found.version, found.guessed) == ("rake", "13.0.6", "")


def test_the_stub_goes_before_what_code_computes() -> None:
    found = only('# -*- encoding: utf-8 -*-\n# stub: a-b 1.0.rc1 java lib\n  s.name = "c"\n  s.version = C::VERSION\n')
    assert (found.name, found.version) == ("a-b", "1.0.rc1")


@pytest.mark.parametrize("name", ["a-b-1.2.gemspec", "a-b-1.2-x86_64-linux.gemspec"])
def test_a_computed_version_is_that_of_the_file_name_and_says_so(name: str) -> None:
    found = only("  spec.name = 'a-b'\n  spec.version = A::VERSION\n", name)
    assert (found.name, found.version, found.guessed) == ("a-b", "1.2", "file name")


def test_licences_in_both_spellings() -> None:
    assert only('# stub: a 1 ruby lib\n s.licenses = ["MIT".freeze, "Ruby"]\n').licenses == ("MIT", "Ruby")
    assert only("# stub: a 1 ruby lib\n s.license = 'MIT'\n").licenses == ("MIT",)
    assert only("# stub: a 1 ruby lib\n s.licenses = read_them\n").licenses == ()


def test_what_names_nothing_is_a_gap() -> None:
    (gap,) = read(gemspec, {FOLDER + "strange.gemspec": b"raise 'never run'"})
    assert isinstance(gap, Gap)


def test_a_gem_from_git_counts_when_bundler_wrote_its_specification() -> None:
    folder = "usr/local/bundle/bundler/gems/a-0f1e2d3c4b5a/"
    (package,) = read(gemspec, {folder + "a.gemspec": b"# stub: a 0.3.0 ruby lib\n", folder + "b.gemspec": b"raise"})
    assert isinstance(package, Package)
    assert (package.name, package.version) == ("a", "0.3.0")
