"""Trust rules as people write them, and what is wrong with them."""

from collections.abc import Mapping

import pytest

from oakum.flows.read_trust import read_trust
from oakum.kit.errors import ConfigurationError, UnreadableError
from oakum.model.trust import Identity, TrustRules

WHOLE = """oakum: trust/1
trusted_root: root.json
rules:
  - name: ours
    images: ["r.example/team/**"]
    keys: [team.pub]
    identities:
      - {identity: "https://git.example/**", issuer: https://tokens.example}
    attested: [slsaprovenance, "https://example.com/x"]
  - name: place
    images: [docker.io/library/debian]
"""
FILES = {"team.pub": "-----BEGIN PUBLIC KEY-----\nx\n", "root.json": '{"mediaType": "x"}'}


def read(text: str, files: Mapping[str, str] = FILES) -> TrustRules:
    def beside(name: str) -> str:
        if name not in files:
            raise UnreadableError(f"{name} cannot be read: No such file or directory")
        return files[name]

    return read_trust(text.encode(), "trust.yaml", beside)


def test_rules_stand_for_themselves_once_they_were_read() -> None:
    rules = read(WHOLE)
    assert [rule.name for rule in rules.rules] == ["ours", "place"]
    assert rules.rules[0].keys == (FILES["team.pub"],)
    assert rules.rules[0].identities == (Identity("https://git.example/**", "https://tokens.example"),)
    assert rules.rules[0].attested == ("https://slsa.dev/provenance/v1", "https://example.com/x")
    assert rules.root == FILES["root.json"]
    assert rules.digest.startswith("sha256:")
    assert read(WHOLE).digest == rules.digest != read(WHOLE, {**FILES, "team.pub": "-----BEGIN other"}).digest


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("oakum: trust/2\nrules: []", "trust.yaml:1:1: Invalid enum value 'trust/2'"),
        (WHOLE.replace("identities:", "identitys:"), "trust.yaml:7:5: no field is named 'identitys'"),
        (WHOLE.replace("issuer:", "issuers:"), "no field is named 'issuers'"),
        (WHOLE.replace("rules:", "rule:"), "trust.yaml:3:1: no field is named 'rule'"),
        (WHOLE.replace("trust/1", "trust/1\nextra: 1"), "no field is named 'extra'"),
        (WHOLE.replace("[team.pub]", "[none.pub]"), "trust.yaml:6:5: none.pub cannot be read"),
        (WHOLE.replace("root.json", "none.json"), "trust.yaml:2:1: none.json cannot be read"),
        (WHOLE.replace("name: place", "name: ours"), "two trust rules have the name 'ours'"),
        (WHOLE.replace('["r.example/team/**"]', "[]"), "trust.yaml:5:5: Expected `array` of length >= 1"),
        (WHOLE.replace('["r.example/team/**"]', "7"), "trust.yaml:5:5: Expected `array`, got `str`"),
        ("oakum: [", "trust.yaml: is no YAML"),
        (f"{WHOLE}---\n{WHOLE}", "holds 2 documents"),
        ("", "holds 0 documents"),
    ],
)
def test_a_mistake_is_said_with_its_place(text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read(text)
    assert said in str(raised.value)


def test_the_nearest_word_is_offered() -> None:
    with pytest.raises(ConfigurationError) as raised:
        read(WHOLE.replace("identities:", "identitys:"))
    assert raised.value.hint == "did you mean 'identities'?"
