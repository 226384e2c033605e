"""``oakum db push`` and ``oakum db pull``: the database to a registry and out of one."""

import os

import click

from oakum.apps import wiring
from oakum.apps.cli.output import Progress
from oakum.apps.cli.registry_options import Options, registry_asked
from oakum.flows.pull_database import Pulled, Wanted, pull_database
from oakum.flows.push_database import push_database
from oakum.kit.errors import UsageError
from oakum.sources.image_name import RegistryImage, image_name

_PREFIXES = ("registry:", "oci://")


def run_push(reference: str, words: str, options: Options) -> None:
    """Push, and print the name that means exactly what was pushed."""
    image = _named(reference)
    if image.digest:
        raise UsageError(f"{reference!r} names a digest, which comes out of what is pushed", hint="name a tag instead")
    path = _path(words)
    progress = Progress()
    place = wiring.database_place(path, progress.say)
    repository = wiring.repository(image, registry_asked(options), write=True)
    try:
        digest = push_database(place, repository, image.tag, progress)
    finally:
        progress.clear()
    progress.say(f"{path} is now {image.name}")
    click.echo(f"{image.host}/{image.repository}@{digest}")


def run_pull(reference: str, words: str, options: Options) -> None:
    """Pull, and say what came of it."""
    image = _named(reference)
    path = _target(words)
    progress = Progress()
    place = wiring.database_place(path, progress.say)
    repository = wiring.repository(image, registry_asked(options), write=False)
    wanted = Wanted(image.name, image.tag, image.digest)
    try:
        pulled = pull_database(wanted, repository, place, wiring.clock(), progress)
    finally:
        progress.clear()
    for line in _said(path, pulled):
        progress.say(line)
    click.echo(f"{image.host}/{image.repository}@{pulled.digest}")


def _named(reference: str) -> RegistryImage:
    name = reference
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return image_name(reference, name, os.environ.get("OAKUM_DEFAULT_REGISTRY", ""))


def _path(words: str) -> str:
    """The file to push, held to its pin; the starter data are none: whoever has the program has them.

    Raises:
        ConfigurationError: it is missing, cannot be used, or is another than the pinned one.
    """
    words = words or wiring.database_path()
    path, pin = wiring.place_and_pin(words)
    if pin or os.path.exists(path):
        wiring.open_advisories(words)
    return path


def _target(words: str) -> str:
    """Where to put what is pulled; a pin there would speak of what is to be replaced.

    Raises:
        UsageError: the option pins something.
    """
    path, pin = wiring.place_and_pin(words or wiring.database_path())
    if pin and words:
        raise UsageError(f"{words!r} pins what is to be replaced", hint="pin what is pulled: REF@sha256:...")
    return path


def _said(path: str, pulled: Pulled) -> list[str]:
    info, before = pulled.info, pulled.before
    if not pulled.changed:
        return [f"{path} is up to date, as of {info.current}: nothing was fetched"]
    records = sum(one.records for one in info.sources)
    lines = [f"{path}: {records:,} records, current as of {info.current}"]
    if before is not None and before.current > info.current:
        lines.append(f"these data are older than those that were there, which were current as of {before.current}")
    return lines
