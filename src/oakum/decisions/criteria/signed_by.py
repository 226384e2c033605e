"""The criterion ``signed_by``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.model.signature import SIGNATURE
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1, of_image=True)
def signed_by(asked: Matches) -> SubjectTest:
    """The image is signed by one of these keys or identities, as was verified.

    A key is ``key:SHA256``, an identity a mail address or a URI. Only signatures by whom the gate trusts count
    (``--trusted-key``, trust rules). Where nobody looked for signatures
    that is unknown.
    """
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        if subject.trust is None:
            return None
        return any(one.predicate == SIGNATURE and wanted(one.by) for one in subject.trust.signed)

    return test
