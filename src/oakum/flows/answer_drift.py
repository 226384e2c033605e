"""Answer drift: judge a container that differs from its image by the policies for what runs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from oakum.decisions.conditions import level_of
from oakum.decisions.criterion import CONTAINER, SUBJECT
from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.flows.read_policies import criteria_of, read_policies
from oakum.model.artifact import Artifact
from oakum.model.fleet import Container, Incident
from oakum.model.judgement import Judgement
from oakum.model.policy import Policy
from oakum.model.subject import Change, Placement, Subject
from oakum.model.workload import ContainerSpec, Workload

OBSERVE: Final = "observe"
PAUSE: Final = "pause"
KILL: Final = "kill"
_STRENGTH: Final = (OBSERVE, PAUSE, KILL)
_SUPPOSED: Final = (Change("/", "new"),)


class Answer(Struct, frozen=True):
    """What policies answer, with the judgement and its subject."""

    response: str
    judgement: Judgement
    subject: Subject


class DriftRules:
    """The policies of a host.

    Args:
        text: of the policies, as the server gave it; empty: none, so that everything is observed.
        placement: where the host is.
    """

    def __init__(self, text: str, placement: Placement) -> None:
        """Read them.

        Raises:
            ConfigurationError: this Oakum cannot read them.
        """
        read = read_policies({"policies": text.encode()}) if text else ()
        policies = host_policies(read)
        self._rules = Rules(policies, criteria_of(policies))
        self._placement = placement
        self.kills = any(policy.then["run"] == KILL for policy in policies)

    def answer(self, container: Container, incident: Incident, now: datetime) -> Answer:
        """What is to be done about a container that differs from its image."""
        return self._answer(container, incident.changes, now)

    def guards(self, container: Container, now: datetime) -> bool:
        """Whether a program that is not the image's would be ended in this container."""
        return self.kills and self._answer(container, _SUPPOSED, now).response == KILL

    def _answer(self, container: Container, changes: tuple[Change, ...], now: datetime) -> Answer:
        spec = ContainerSpec(
            container.name, container.image, container.image_id, privileged=container.privileged, user=container.user
        )
        own = self._placement
        subject = Subject(
            stage="run",
            artifact=Artifact(container.image, "docker", image_id=container.image_id, names=(container.image,)),
            workload=Workload("docker", container.name, containers=(spec,)),
            changes=changes,
            placement=Placement(own.environment, own.cluster, own.namespace, container.labels),
        )
        judgement = judge(subject, self._rules, now)
        actions = [one.action for one in judgement.breaches if not one.unknown and one.action in _STRENGTH]
        response = max(actions, key=_STRENGTH.index, default=OBSERVE)
        return Answer(response, judgement, subject)


def host_policies(policies: Iterable[Policy]) -> tuple[Policy, ...]:
    """The policies that a host can judge: for what runs, and of the container alone.

    Its packages and their vulnerabilities are the server's to know.
    """
    running = [policy for policy in policies if "run" in policy.then]
    return tuple(one for one in running if level_of(one.when, criteria_of((one,))) in {SUBJECT, CONTAINER})


def answered(incident: Incident, answer: Answer, done: str) -> Incident:
    """The incident with what was done about it."""
    return replace(incident, judgement=answer.judgement.id, response=done)
