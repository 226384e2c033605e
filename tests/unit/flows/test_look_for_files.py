"""The files that policies ask for; many of one glob leave room for another's."""

from oakum.flows.look_for_files import globs_of, look_for_files
from oakum.kit.archive import zstd
from oakum.model.inventory import Inventory
from oakum.model.layer_facts import LayerFacts, Tree
from oakum.model.policy import All, Check, Not
from oakum.testing.policies import policy


def layer(*entries: str) -> LayerFacts:
    return LayerFacts(Tree(zstd.compress("\0".join(entries).encode(), 1)))


def test_every_glob_of_every_policy_once_wherever_it_stands() -> None:
    asked = Check("file_present", {"matches": ["etc/x", "**/y"]})
    one = policy("a", All((Not(asked), Check("file_present", {"matches": ["/etc/x"]}), Check("privileged"))))
    assert globs_of([one, policy("b", asked)]) == ("/etc/x", "**/y")


def test_no_glob_hides_what_another_finds() -> None:
    crowd = layer(*(f"a/{number:05}.pem" for number in range(3_000)), "z/id_rsa")
    found = look_for_files(Inventory(), [crowd], ("**/*.pem", "**/id_rsa"))
    assert len(found.files) == 1_001
    assert found.files[-1].path == "z/id_rsa"


def test_where_paths_were_not_kept_nobody_has_looked() -> None:
    assert look_for_files(Inventory(), [layer("x"), LayerFacts()], ("**/x",)).looked_for == ()
    assert look_for_files(Inventory(), [layer("x")], ()).looked_for == ()
