from oakum.decisions.criteria.package import package
from oakum.testing.inventory import installed
from oakum.testing.policies import made


def test_names_are_globs_and_a_type_narrows_them() -> None:
    lodash = installed("npm", "lodash.merge", "4.6.2")
    assert made(package, name="lodash*")(lodash) is True
    assert made(package, name="lodash*", type="npm")(lodash) is True
    assert made(package, name="lodash*", type="deb")(lodash) is False
    assert made(package, name="lodash")(lodash) is False
