"""The criterion ``attested``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1, of_image=True)
def attested(asked: Matches) -> SubjectTest:
    """Something of these types is said of the image under a trusted key.

    Types are those of in-toto's predicates: ``https://slsa.dev/provenance/**``. Where nobody looked for attestations
    that is unknown.
    """
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        if subject.trust is None:
            return None
        return any(wanted(one.predicate) for one in subject.trust.signed)

    return test
