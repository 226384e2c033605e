"""Which adapter makes which port real; the only place that decides it."""

import functools
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from oakum import intel
from oakum.apps import early
from oakum.apps.folders import cache_folder, scratch_folder

if TYPE_CHECKING:
    from oakum.flows.take_inventory import ReadingPorts
    from oakum.flows.verify_trust import Verifiers
    from oakum.model.fetching import RegistryAsked
    from oakum.model.policy import Policy
    from oakum.model.scheme import Scheme
    from oakum.model.subject import Subject
    from oakum.model.waiver import Waiver
    from oakum.ports.advisories import Advisories
    from oakum.ports.advisory_writer import AdvisoryWriter
    from oakum.ports.clock import Clock
    from oakum.ports.container_engine import ContainerEngine
    from oakum.ports.database_places import DatabasePlace
    from oakum.ports.docker_objects import DockerObjects
    from oakum.ports.engines import Engine
    from oakum.ports.http import Http
    from oakum.ports.keys import PrivateKey, PublicKey
    from oakum.ports.registries import Catalog, Registry, Repository
    from oakum.ports.server import Server
    from oakum.ports.snapshots import Snapshots
    from oakum.ports.spool import Spool
    from oakum.ports.trusted_roots import TrustedRoot
    from oakum.ports.update_states import UpdateStates
    from oakum.sources.image_name import RegistryImage

STARTER: Final = os.path.join(os.path.dirname(intel.__file__), "starter.db.zst")
"""The data that come with the program."""

_FETCHER: Final = "oakum.apps.fetcher"


_PIN: Final = "sha256:"
_PIN_DIGITS: Final = 64
_PIN_HINT: Final = "take the pinned build, or pin the one that `oakum db status` shows"


def database_path() -> str:
    """Where the advisory database is: ``OAKUM_DB`` (which may end with a pin), or ``advisories.db`` in the cache."""
    return os.environ.get("OAKUM_DB") or os.path.join(cache_folder(), "advisories.db")


def place_and_pin(words: str) -> tuple[str, str]:
    """The path and the digest of ``PATH``, ``PATH@sha256:...`` or ``sha256:...``; an empty digest pins nothing.

    Raises:
        UsageError: the digest has not 64 hexadecimal digits.
    """
    path, at, pin = words.rpartition("@" + _PIN)
    if not at and not words.startswith(_PIN):
        return words, ""
    pin = pin if at else words.removeprefix(_PIN)
    if len(pin) != _PIN_DIGITS or not set(pin) <= set("0123456789abcdef"):
        from oakum.kit.errors import UsageError  # noqa: PLC0415 - only where it fails

        raise UsageError(
            f"{words!r} pins no database", hint="`oakum db status` has the identity: sha256: and 64 digits"
        )
    return path or os.path.join(cache_folder(), "advisories.db"), _PIN + pin


def open_advisories(words: str, *, cached: bool = True) -> "Advisories":
    """The advisory database at a place; the starter data where nobody chose one and none was built.

    Without ``cached`` the starter data are unpacked in memory.

    Raises:
        ConfigurationError: it is missing though it was chosen, cannot be used, or is another than the pinned one.
        UsageError: the pin is none.
    """
    path, pin = place_and_pin(words)
    database = _opened(path, cached=cached)
    if pin and (found := database.about().digest) != pin:
        from oakum.kit.errors import ConfigurationError  # noqa: PLC0415 - only where it fails

        raise ConfigurationError(f"the advisory database is {found}, and pinned is {pin}", hint=_PIN_HINT)
    return database


def _opened(path: str, *, cached: bool) -> "Advisories":
    from oakum.adapters.sqlite.advisories import AdvisoryDatabase  # noqa: PLC0415 - a scan without matching needs none

    unchosen = path == os.path.join(cache_folder(), "advisories.db") and not os.environ.get("OAKUM_DB")
    if unchosen and not os.path.exists(path) and os.path.exists(STARTER):
        from oakum.adapters.sqlite.starter import open_starter  # noqa: PLC0415 - only until a database was built

        return open_starter(STARTER, cache_folder() if cached else "", _scheme_of)
    return AdvisoryDatabase(path, _scheme_of)


def advisory_writer(path: str, waiting: Callable[[str], None] | None = None) -> "AdvisoryWriter":
    """A new advisory database that will take the place of the one at a path.

    With ``waiting``, which is then told so, it waits for whoever else writes there.
    """
    from oakum.adapters.sqlite.advisory_builder import AdvisoryBuilder  # noqa: PLC0415 - only a build writes one

    return AdvisoryBuilder(path, _scheme_of, waiting)


def update_states(path: str) -> "UpdateStates":
    """What is kept of the updates of the database at a path."""
    from oakum.adapters.update_state import StateFile  # noqa: PLC0415 - as above

    return StateFile(path)


def downloads() -> "Http":
    """What fetches files over the network."""
    from oakum.adapters.http import HttpsDownloads  # noqa: PLC0415 - only an update fetches

    return HttpsDownloads()


def clock() -> "Clock":
    """What tells the time."""
    from oakum.adapters.clock import MachineClock  # noqa: PLC0415 - each command takes what it needs

    return MachineClock()


def reading_ports(
    *,
    cached: bool,
    progress: Callable[[str], None],
    say: Callable[[str], None],
    asked: "Callable[[], RegistryAsked]",
    meanwhile: Callable[[], object] = tuple,
    containerd: tuple[str, str] = ("", ""),
) -> "ReadingPorts":
    """Everything that taking an inventory needs.

    Args:
        cached: else nothing is believed and nothing kept.
        progress: told what is done.
        say: told what stays.
        asked: what was said about registries, where one is needed.
        meanwhile: loads what else is needed afterwards, while the parser reads.
        containerd: address of its socket and namespace, where somebody said them.
    """
    from oakum.adapters.parser_process import ParserProcess  # noqa: PLC0415 - each command takes what it needs
    from oakum.adapters.sqlite.facts import FactCache  # noqa: PLC0415 - as above
    from oakum.flows.take_inventory import ReadingPorts  # noqa: PLC0415 - as above

    facts = FactCache(os.path.join(cache_folder(), "facts.db") if cached else "")

    def load() -> None:
        from oakum.effects import escape  # noqa: F401, PLC0415 - as below
        from oakum.facts import squash  # noqa: F401, PLC0415 - for the flow, which joins the layers afterwards
        from oakum.model import purl  # noqa: F401, PLC0415 - as above

        meanwhile()

    parser = ParserProcess(early.PARSER, scratch_folder(), early.take(), meanwhile=load)
    parser.told = progress
    engines = functools.partial(engine, containerd=containerd)
    return ReadingPorts(parser, facts, engines, lambda image: registry(image, asked()), progress, say)


def registry(image: "RegistryImage", asked: "RegistryAsked") -> "Registry":
    """One image of a registry, with the logins that are kept on this machine."""
    from oakum.adapters.registry.fetcher_process import FetcherProcess  # noqa: PLC0415 - only for such a target
    from oakum.adapters.registry.sites import sites_of, trust_of  # noqa: PLC0415 - as above

    return FetcherProcess(
        early.REGISTRY_FETCHER,
        image.digest or image.tag,
        lambda: sites_of(image.host, image.repository, asked, os.environ),
        trust_of(asked, os.environ),
        started=early.take_fetcher(),
    )


def repository(image: "RegistryImage", asked: "RegistryAsked", *, write: bool) -> "Repository":
    """A repository of a registry for what is no image."""
    from oakum.adapters.registry.repository import RegistryRepository  # noqa: PLC0415 - only for such a command
    from oakum.adapters.registry.sites import sites_of, trust_of  # noqa: PLC0415 - as above

    sites = sites_of(image.host, image.repository, asked, os.environ)
    return RegistryRepository(sites, trust_of(asked, os.environ), write=write)


def layout(folder: str) -> "Repository":
    """An OCI layout as a repository."""
    from oakum.adapters.layout_repository import LayoutRepository  # noqa: PLC0415 - only for such a command

    return LayoutRepository(folder)


def private_key(data: bytes, password: bytes | None, name: str) -> "PrivateKey":
    """A private key out of a PEM file."""
    from oakum.adapters import pem_keys  # noqa: PLC0415 - cryptography, for such a command alone

    return pem_keys.private_key(data, password, name)


def public_key(data: bytes, name: str) -> "PublicKey":
    """A public key out of a PEM file."""
    from oakum.adapters import pem_keys  # noqa: PLC0415 - as above

    return pem_keys.public_key(data, name)


def trusted_root(data: bytes, name: str) -> "TrustedRoot":
    """The authorities and logs out of a trusted root's file."""
    from oakum.adapters.chain_root import ChainRoot, has_no_logs  # noqa: PLC0415 - for certificates alone
    from oakum.adapters.sigstore_root import SigstoreRoot  # noqa: PLC0415 - sigstore, as above

    if has_no_logs(data):
        return ChainRoot(data, name)
    return SigstoreRoot(data, name)


def verifiers() -> "Verifiers":
    """What makes keys and roots of the texts in trust rules."""
    from oakum.flows.verify_trust import Verifiers  # noqa: PLC0415 - as above

    return Verifiers(public_key, functools.lru_cache(maxsize=4)(trusted_root))


def catalog(host: str, asked: "RegistryAsked") -> "Catalog":
    """What a registry holds, with the logins that are kept on this machine."""
    from oakum.adapters.registry.catalog import RegistryCatalog  # noqa: PLC0415 - for the server alone
    from oakum.adapters.registry.sites import sites_of, trust_of  # noqa: PLC0415 - as above

    return RegistryCatalog(lambda name: sites_of(host, name, asked, os.environ)[-1], trust_of(asked, os.environ))


def database_place(path: str, waiting: Callable[[str], None]) -> "DatabasePlace":
    """The place of an advisory database, for whole ones that come and go."""
    from oakum.adapters.sqlite.place import Place  # noqa: PLC0415 - only for such a command

    return Place(path, _scheme_of, _room, waiting)


def engine(name: str = "docker", containerd: tuple[str, str] = ("", "")) -> "Engine":
    """A container engine of this machine by its prefix: where its own variables or the words of the command say."""
    if name == "containerd":
        from oakum.adapters.containerd_program import ContainerdProgram  # noqa: PLC0415 - only for such a target

        address, namespace = containerd
        address = address or os.environ.get("CONTAINERD_ADDRESS", "")
        return ContainerdProgram(address, namespace or os.environ.get("CONTAINERD_NAMESPACE", ""), _room)
    if name == "podman":
        from oakum.adapters.podman_places import podman_engine  # noqa: PLC0415 - only for such a target

        return podman_engine(os.environ, _FETCHER, _room)
    from oakum.adapters.docker_engine import DockerEngine, Spoken  # noqa: PLC0415 - only a target that an engine holds

    host = os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock"
    return DockerEngine(Spoken(host, certificates=_certificates()), _FETCHER, _room)


def _certificates() -> str:
    """The folder of Docker's certificates where its variables ask for TLS, as Docker's own command line finds it."""
    if not os.environ.get("DOCKER_TLS_VERIFY"):
        return ""
    user = os.environ.get("DOCKER_CONFIG") or os.path.expanduser("~/.docker")
    return os.environ.get("DOCKER_CERT_PATH") or user


def _room() -> int:
    folder = scratch_folder()
    try:
        return os.open(folder, os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        from oakum.kit.errors import NotPermittedError  # noqa: PLC0415 - only where it fails

        hint = "OAKUM_CACHE_DIR names another folder"
        raise NotPermittedError(f"no image can be put into {folder}: {error.strerror}", hint) from None


def _scheme_of(ecosystem: str) -> "Scheme | None":
    from oakum.flows.kinds import scheme_of  # noqa: PLC0415 - only where versions are compared

    return scheme_of(ecosystem)


def server(url: str, token: str, authority: str = "") -> "Server":
    """The server at a URL, asked with a token."""
    from oakum.adapters.server_client import ServerClient  # noqa: PLC0415 - only where a server is asked

    return ServerClient(url, token, authority)


def container_engine(socket: str) -> "ContainerEngine":
    """The containers of the Docker engine at a socket."""
    from oakum.adapters.docker_containers import DockerContainers  # noqa: PLC0415 - for the agent alone

    return DockerContainers(socket)


def signer_of(path: str) -> str:
    """Who signed the last change of a file, or empty."""
    from oakum.adapters import git_signer  # noqa: PLC0415 - few scans have a file of waivers

    return git_signer.signer_of(path)


def spool(folder: str) -> "Spool":
    """What an agent keeps until its server has it."""
    from oakum.adapters.spool import FolderSpool  # noqa: PLC0415 - for the agent alone

    return FolderSpool(folder)


def snapshots(path: str) -> "Snapshots":
    """The snapshots that a gate decides from."""
    from oakum.adapters.snapshot_file import SnapshotFile  # noqa: PLC0415 - for gates alone

    return SnapshotFile(path)


def write_snapshot(
    path: str, subjects: "list[Subject]", rules: "tuple[tuple[Policy, ...], tuple[Waiver, ...]]", times: tuple[int, int]
) -> str:
    """Write a snapshot for gates; gives its digest.

    Raises:
        OSError: the file cannot be written.
    """
    from oakum.adapters import snapshot_file  # noqa: PLC0415 - for gates alone

    return snapshot_file.write_snapshot(path, subjects, rules, times)


def docker_objects(path: str) -> "DockerObjects":
    """The objects of the Docker engine at a socket."""
    from oakum.adapters.docker_objects import EngineObjects  # noqa: PLC0415 - for the authorization plug-in alone

    return EngineObjects(path)
