from oakum.decisions.criteria.differs_from_image import differs_from_image
from oakum.model.subject import Change, Subject
from oakum.testing.policies import made


def test_a_file_or_a_package_more_is_a_difference_and_nothing_known_is_unknown() -> None:
    assert made(differs_from_image)(Subject("run")) is None
    assert made(differs_from_image)(Subject("run", changes=())) is False
    dropped = Subject("run", changes=(Change("tmp/x", "new"),))
    assert made(differs_from_image)(dropped) is True
    assert made(differs_from_image, what="package")(dropped) is False
    assert made(differs_from_image, what="package")(
        Subject("run", changes=(Change("usr/bin/nc", "new", "pkg:deb/debian/netcat@1"),))
    )
