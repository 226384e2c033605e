"""A stub of a registry that keeps referrers as the specification says, for no registry that can be installed does.

Source: OCI distribution specification 1.1: "Listing Referrers" (filter, pages), "Pushing Manifests with Subject".
"""

import json
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

from oakum.testing.images import digest_of
from oakum.testing.registry import INDEX, Answer, FakeRegistry, Seen

_ABSENT: Final = "/referrers/"


class ReferrersRegistry(FakeRegistry):
    """Lists what refers to a manifest.

    Attributes:
        page: how many entries one answer has.
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.page = 2
        self._referring: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def answer(self, seen: Seen) -> Answer:
        """As a registry does; what refers to something is noted when it is pushed, and listed when it is asked for."""
        if seen.method == "GET" and _ABSENT in seen.path:
            self.seen.append(seen)
            return self.lie(seen) or self._listed(seen)
        given = super().answer(seen)
        if seen.method != "PUT" or "/manifests/" not in seen.path:
            return given
        subject = self._noted(seen)
        return Answer(given.status, headers={**given.headers, **({"OCI-Subject": subject} if subject else {})})

    def _noted(self, seen: Seen) -> str:
        manifest = json.loads(seen.body)
        subject = manifest.get("subject", {}).get("digest", "")
        if subject:
            entry = {
                "mediaType": manifest.get("mediaType"),
                "digest": digest_of(seen.body),
                "size": len(seen.body),
                "artifactType": manifest.get("artifactType") or manifest["config"]["mediaType"],
                "annotations": manifest.get("annotations", {}),
            }
            repository = seen.path.removeprefix("/v2/").rpartition("/manifests/")[0]
            self._referring.setdefault((repository, subject), []).append(entry)
        return str(subject)

    def _listed(self, seen: Seen) -> Answer:
        repository, _, digest = seen.path.removeprefix("/v2/").partition(_ABSENT)
        asked = parse_qs(seen.query)
        kind, start = asked.get("artifactType", [""])[0], int(asked.get("from", ["0"])[0])
        whole = self._referring.get((repository, digest), [])
        fitting = [one for one in whole if not kind or one["artifactType"] == kind]
        end = start + self.page
        body = json.dumps({"schemaVersion": 2, "mediaType": INDEX, "manifests": fitting[start:end]}).encode()
        headers = {"Content-Type": INDEX} | ({"OCI-Filters-Applied": "artifactType"} if kind else {})
        if end < len(fitting):
            query = urlencode({"from": end, **({"artifactType": kind} if kind else {})})
            headers["Link"] = f'<{seen.path}?{query}>; rel="next"'
        return Answer(body=body, headers=headers)
