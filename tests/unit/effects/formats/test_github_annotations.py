from oakum.effects.format import Page
from oakum.effects.formats.github_annotations import github_annotations
from oakum.model.decision import Decision
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report


def lines(outcome: str, count: int = 1, name: str = "zlib1g") -> list[str]:
    findings = [finding(f"CVE-{one}", installed("deb", name, "1"), rating="high") for one in range(count)]
    decision = Decision(outcome, asked=True, reasons=("deny: bad, 100%\n::error::injected",))
    return github_annotations.write(report(*findings, decision=decision), Page()).decode().splitlines()


def test_a_reason_cannot_become_a_command_of_its_own() -> None:
    said = lines("deny", name="x\n::set-output name=a::b")
    assert all(line.startswith(("::error title=", "::warning title=", "::notice title=")) for line in said)
    assert "::error title=Oakum::deny: bad, 100%25\\x0a::error::injected" in said


def test_what_passes_is_no_error_and_no_more_is_said_than_is_shown() -> None:
    assert not [line for line in lines("allow") if line.startswith("::error")]
    assert len(lines("deny", count=50)) == 12
