"""The criterion ``runs_as_root``."""

from oakum.decisions.criterion import SUBJECT, Nothing, SubjectTest, criterion
from oakum.model.subject import Subject


@criterion(level=SUBJECT, version=2)
def runs_as_root(asked: Nothing) -> SubjectTest:
    """A process starts as root: the workload or the image names user 0, or no user at all.

    A platform that was told to refuse root (``runAsNonRoot``) starts none.
    """
    del asked

    def test(subject: Subject) -> bool | None:
        image = subject.artifact.config.user if subject.artifact and subject.artifact.config else None
        if subject.workload is None:
            return None if image is None else _is_root(image)
        containers = subject.workload.containers
        users = [container.user or image for container in containers if not container.not_root]
        known = [_is_root(user) for user in users if user is not None]
        if any(known):
            return True
        return None if len(known) < len(users) or not containers else False

    return test


def _is_root(user: str) -> bool:
    """No user at all is root (OCI image specification, ``config.User``)."""
    name = user.partition(":")[0].strip()
    return name in {"", "root"} or (name.isdecimal() and int(name) == 0)
