from oakum.facts.catalogers.github_actions import github_actions
from oakum.model.fact import Package
from oakum.testing.files import read

COMMIT = "0f1e2d3c4b5a69788796a5b4c3d2e1f001234567"
PATH = ".github/workflows/a.yml"


def packages(*uses: str) -> list[tuple[str, str, str]]:
    steps = "".join(f"      - uses: {one}\n" for one in uses)
    facts = read(github_actions, {PATH: f"on: push\njobs:\n  a:\n    steps:\n{steps}".encode()})
    return [(one.name, one.version, one.guessed) for one in facts if isinstance(one, Package)]


def test_a_commit_is_the_version_that_its_comment_states() -> None:
    assert packages(f"a/b@{COMMIT} # v1.2.3") == [("a/b", "v1.2.3", "comment")]
    assert packages(f"'a/b@{COMMIT}'  # tag=v4") == [("a/b", "v4", "comment")]
    assert packages(f"a/b@{COMMIT} # see the notes") == [("a/b", COMMIT, "")]
    assert packages("a/b@v2 # v1.2.3") == [("a/b", "v2", "")]


def test_own_actions_and_images_are_no_packages() -> None:
    assert packages("./own", "docker://alpine:3.19", "a/b/c/d@v1") == [("a/b", "v1", "")]


def test_text_in_a_script_is_no_step() -> None:
    text = b"jobs:\n  a:\n    steps:\n      - run: |\n          - uses: a/b@v1\n"
    assert read(github_actions, {PATH: text}) == []
