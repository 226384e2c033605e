from oakum.facts.catalogers.cpanfile_snapshot import cpanfile_snapshot
from oakum.model.fact import Package
from oakum.testing.files import read


def test_modules_make_the_edges() -> None:
    text = b"""# carton snapshot format: version 1.0
DISTRIBUTIONS
  A-B-v1.2.3-TRIAL
    pathname: A/AB/ABC/A-B-v1.2.3-TRIAL.tar.gz
    provides:
      A::B v1.2.3
      A::C undef
    requirements:
      A::C 0
      D 1.0
      perl 5.010
  D-1.0
    pathname: D/DE/DEF/D-1.0.tar.gz
    provides:
      D 1.0
"""
    assert read(cpanfile_snapshot, {"cpanfile.snapshot": text}) == [
        Package("cpan", "ABC/A-B", "v1.2.3", "cpanfile.snapshot", depends=("DEF/D",)),
        Package("cpan", "DEF/D", "1.0", "cpanfile.snapshot"),
    ]
