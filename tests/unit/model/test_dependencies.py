from hypothesis import given
from hypothesis import strategies as st

from oakum.model.dependencies import edges
from oakum.model.fact import Package
from oakum.model.inventory import Installed, Inventory


def _named(inventory: Inventory) -> dict[str, list[str]]:
    def word(at: int) -> str:
        package = inventory.packages[at].package
        return f"{package.name} {package.version} {package.path}"

    return {word(at): [word(one) for one in needed] for at, needed in edges(inventory).items()}


def _inventory(*packages: Package) -> Inventory:
    return Inventory(None, tuple(Installed(one, f"pkg:{one.type}/{one.name}@{one.version}", 0) for one in packages))


def test_a_name_means_a_package_of_the_same_type_and_file() -> None:
    found = _named(_inventory(
        Package("npm", "a", "1", "x/lock", depends=("b", "nothing")),
        Package("npm", "b", "1", "x/lock"),
        Package("npm", "b", "2", "y/lock"),
        Package("pypi", "b", "3", "x/lock"),
    ))  # fmt: skip
    assert found == {"a 1 x/lock": ["b 1 x/lock"]}


def test_a_version_tells_several_apart() -> None:
    packages = [Package("npm", "b", version, "lock") for version in ("1", "2")]
    asking = Package("npm", "a", "1", "lock", depends=("b 2",))
    assert _named(_inventory(asking, *packages)) == {"a 1 lock": ["b 2 lock"]}


def test_what_cannot_be_told_apart_has_no_edge() -> None:
    packages = [Package("npm", "b", version, "lock") for version in ("1", "2")]
    assert edges(_inventory(Package("npm", "a", "1", "lock", depends=("b",)), *packages)) == {}


def test_another_file_will_do_where_the_own_has_none() -> None:
    asking = Package("npm", "a", "1", "x", depends=("b",))
    assert _named(_inventory(asking, Package("npm", "b", "1", "y"))) == {"a 1 x": ["b 1 y"]}


def test_the_own_architecture_goes_first() -> None:
    status = "var/lib/dpkg/status"
    libraries = [Package("deb", "libc6", "1", status, arch=arch) for arch in ("amd64", "i386")]
    asking = Package("deb", "bash", "5", status, arch="i386", depends=("libc6",))
    assert edges(_inventory(asking, *libraries)) == {0: (2,)}


_PACKAGES = st.builds(
    Package,
    st.sampled_from(("npm", "deb")),
    st.sampled_from("abc"),
    st.sampled_from("12"),
    st.sampled_from("xy"),
    depends=st.lists(st.sampled_from(("a", "b", "c 1", "c 2", "", "d")), max_size=4).map(tuple),
)


@given(st.lists(_PACKAGES, max_size=8))
def test_every_edge_was_stated_and_none_leads_to_itself(packages: list[Package]) -> None:
    inventory = _inventory(*packages)
    for at, needed in edges(inventory).items():
        asking = inventory.packages[at].package
        for one in needed:
            there = inventory.packages[one].package
            assert one != at
            assert there.type == asking.type
            assert {there.name, f"{there.name} {there.version}"} & set(asking.depends)
