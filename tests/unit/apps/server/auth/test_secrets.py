from oakum.apps.server.auth import secrets


def test_secrets_differ_and_are_known_by_their_hash() -> None:
    one, other = secrets.new_secret(), secrets.new_secret()
    assert one != other
    assert one.startswith("oakum_")
    assert secrets.is_same(one, secrets.hash_of(one))
    assert not secrets.is_same(other, secrets.hash_of(one))
    assert not secrets.is_same("", "")


def test_a_password_is_kept_as_what_cannot_be_turned_back() -> None:
    kept = secrets.password_hash("correct horse battery")
    assert "correct" not in kept
    assert secrets.is_password("correct horse battery", kept)
    assert not secrets.is_password("correct horse", kept)
    assert not secrets.is_password("x", "no hash")
