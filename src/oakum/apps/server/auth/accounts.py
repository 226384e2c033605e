"""The admin account, tokens and sessions, as the ledger keeps them."""

from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from oakum.apps.server.auth.secrets import hash_of, is_password, is_same, new_secret, password_hash
from oakum.kit.errors import UsageError
from oakum.model.api import Session, TokenAsked, TokenShown
from oakum.model.ledger import Token
from oakum.ports.clock import Clock
from oakum.ports.ledger import Ledger

ROLES: Final = ("admin", "agent", "gate", "reader")
ADMIN: Final = "admin"
_ADMIN: Final = "admin"
_SET_UP: Final = "setup"
_SESSION: Final = "session:"
_SESSION_HOURS: Final = 12
_NAME_CHARACTERS: Final = 100
_DAYS: Final = 3_650


def needs_set_up(ledger: Ledger) -> bool:
    """Whether there is no admin account yet."""
    return not ledger.setting(_ADMIN)


def set_up_token(ledger: Ledger) -> str:
    """A new token that makes the admin account, in the place of any before it."""
    secret = new_secret()
    ledger.set_setting(_SET_UP, hash_of(secret))
    return secret


def make_admin(ledger: Ledger, token: str, password: str) -> bool:
    """Make the admin account, once; whether the token was the one."""
    hashed = password_hash(password)
    with ledger.together():
        if not needs_set_up(ledger) or not is_same(token, ledger.setting(_SET_UP)):
            return False
        ledger.set_setting(_ADMIN, hashed)
        ledger.set_setting(_SET_UP, "")
        ledger.audit("set-up", "admin.created", "admin", {})
    return True


def is_admin(ledger: Ledger, password: str) -> bool:
    """Whether it is the admin's password."""
    return is_password(password, ledger.setting(_ADMIN))


def new_session(ledger: Ledger, clock: Clock) -> tuple[Session, str]:
    """Begin a session; with the secret that the browser keeps."""
    now, secret = clock.now(), new_secret()
    expires = (now + timedelta(hours=_SESSION_HOURS)).isoformat()
    hash_ = hash_of(secret)
    with ledger.together():
        _drop_ended(ledger, now)
        ledger.keep_token(Token(f"{_SESSION}{hash_[:16]}", ADMIN, hash_, now.isoformat(), expires))
        ledger.audit(ADMIN, "session.begun", "", {})
    return Session(ADMIN, ADMIN, expires), secret


def end_session(ledger: Ledger, secret: str) -> None:
    """End a session."""
    with ledger.together():
        ledger.drop_token(f"{_SESSION}{hash_of(secret)[:16]}")
        ledger.audit(ADMIN, "session.ended", "", {})


def session_of(ledger: Ledger, secret: str, now: datetime) -> Session | str:
    """Who bears a secret, or why it is refused."""
    token = ledger.token(hash_of(secret))
    if token is None:
        return "unknown token"
    if token.revoked:
        return f"the token {token.name} was revoked"
    if token.expires and datetime.fromisoformat(token.expires) <= now:
        return f"the token {token.name} has expired"
    actor = ADMIN if token.name.startswith(_SESSION) else f"token:{token.name}"
    return Session(actor, token.role, token.expires)


def new_token(ledger: Ledger, asked: TokenAsked, clock: Clock, actor: str) -> TokenShown:
    """Make a token; its secret is in the answer and nowhere else.

    Raises:
        UsageError: the name, the role or the days are off, or there is one of this name.
    """
    _check(asked)
    now, secret = clock.now(), new_secret()
    expires = (now + timedelta(days=asked.days)).isoformat() if asked.days else ""
    token = Token(asked.name, asked.role, hash_of(secret), now.isoformat(), expires)
    with ledger.together():
        if any(one.name == asked.name for one in ledger.tokens()):
            raise UsageError(f"there is a token {asked.name!r} already", hint="revoke it, or take another name")
        ledger.keep_token(token)
        ledger.audit(actor, "token.created", asked.name, {"role": asked.role, "expires": expires})
    return replace(_shown(token), secret=secret)


def revoke_token(ledger: Ledger, name: str, clock: Clock, actor: str) -> bool:
    """Let a token be worth nothing from now on; whether there is one of this name."""
    with ledger.together():
        token = next((one for one in ledger.tokens() if one.name == name and not _is_session(one)), None)
        if token is None:
            return False
        if not token.revoked:
            ledger.keep_token(replace(token, revoked=clock.now().isoformat()))
            ledger.audit(actor, "token.revoked", name, {})
    return True


def shown_tokens(ledger: Ledger) -> list[TokenShown]:
    """Every token, by name, without sessions and secrets."""
    return [_shown(one) for one in ledger.tokens() if not _is_session(one)]


def _check(asked: TokenAsked) -> None:
    printable = asked.name.isprintable() and asked.name.strip() == asked.name
    if not asked.name or len(asked.name) > _NAME_CHARACTERS or not printable or asked.name.startswith(_SESSION):
        raise UsageError(f"a token needs a name of up to {_NAME_CHARACTERS} printable characters")
    if asked.role not in ROLES:
        raise UsageError(f"no role is named {asked.role[:40]!r}", hint=f"there are: {', '.join(ROLES)}")
    if not 0 <= asked.days <= _DAYS:
        raise UsageError(f"a token lasts up to {_DAYS} days; 0 is without an end")


def _is_session(token: Token) -> bool:
    return token.name.startswith(_SESSION)


def _drop_ended(ledger: Ledger, now: datetime) -> None:
    for one in ledger.tokens():
        if _is_session(one) and datetime.fromisoformat(one.expires) <= now:
            ledger.drop_token(one.name)


def _shown(token: Token) -> TokenShown:
    return TokenShown(token.name, token.role, token.created, token.expires, token.revoked)
