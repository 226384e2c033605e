"""Where an image is looked for: its mirrors, then the registry that was named, each with its login."""

from collections.abc import Mapping

from oakum.adapters.registry.logins import Credentials, find_login
from oakum.kit.errors import ConfigurationError
from oakum.model.fetching import RegistryAsked, Site, Trust


def sites_of(host: str, repository: str, asked: RegistryAsked, environment: Mapping[str, str]) -> tuple[Site, ...]:
    """The sites of an image in the order in which they are asked.

    Raises:
        ConfigurationError: a mirror or a login cannot be used.
    """
    own = Credentials(asked.username, asked.password, bearer=asked.bearer)
    login = own if asked.username or asked.bearer else find_login(host, repository, environment)
    origin = _site(host, repository, asked, login)
    return (*_mirrors(host, repository, asked, environment), origin)


def _mirrors(host: str, repository: str, asked: RegistryAsked, environment: Mapping[str, str]) -> list[Site]:
    found = []
    for stated in asked.mirrors:
        of, equals, place = stated.partition("=")
        if not equals or not of or not place:
            raise ConfigurationError(f"{stated!r} is no mirror", hint="as in HOST=MIRROR or HOST=MIRROR/FOLDER")
        if of in {host, "*"}:
            mirror, _, folder = place.strip("/").partition("/")
            there = f"{folder}/{repository}" if folder else repository
            found.append(_site(mirror, there, asked, find_login(mirror, there, environment)))
    return found


def _site(host: str, repository: str, asked: RegistryAsked, login: Credentials) -> Site:
    return Site(
        host=host,
        repository=repository,
        plain=host in asked.plain or host.rpartition(":")[0] in asked.plain or "*" in asked.plain,
        username=login.username,
        password=login.password,
        token=login.token,
        bearer=login.bearer,
    )


def trust_of(asked: RegistryAsked, environment: Mapping[str, str]) -> Trust:
    """Certificates and proxy, as the command and the surroundings name them."""

    def named(name: str) -> str:
        return environment.get(name.lower()) or environment.get(name) or ""

    files = (*asked.authorities, *filter(None, [environment.get("SSL_CERT_FILE", "")]))
    direct = tuple(name.strip() for name in named("NO_PROXY").split(",") if name.strip())
    return Trust(files, environment.get("SSL_CERT_DIR", ""), named("HTTPS_PROXY"), direct)
