from pathlib import Path

import pytest

from oakum.apps import store_wiring
from oakum.apps.cli.group import run


def test_a_trail_is_whole_until_a_line_of_its_heads_is_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = str(tmp_path / "state")
    ledger = store_wiring.open_ledger(state)
    for number in range(100):  # after so many a head is signed
        ledger.audit("system", "policy.set", f"p{number}", {})
    ledger.close()
    assert run(["audit", "verify", "--state", state]) == 0
    assert capsys.readouterr().out.startswith("100 entries, each follows the one before it")
    heads = tmp_path / "heads"
    heads.write_bytes(b"{}\n")
    assert run(["audit", "verify", "--state", state, "--export", str(heads)]) == 1
    assert "is no head that this key signed" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "code"), [(["--state"], 64), (["--state", "nowhere"], 78)])
def test_words_that_lead_to_no_trail_end_with_their_code(
    words: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["audit", "verify", *words]) == code
