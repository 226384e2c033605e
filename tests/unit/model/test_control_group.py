import pytest

from oakum.model.control_group import container_of

ID = "c0" * 32


@pytest.mark.parametrize(
    "path",
    [
        f"/docker/{ID}",
        f"/system.slice/docker-{ID}.scope",
        f"/kubepods.slice/kubepods-burstable.slice/kubepods-pod1.slice/cri-containerd-{ID}.scope",
        f"/machine.slice/libpod-{ID}.scope/container",
        f"/docker/{ID}/docker/{'d1' * 32}",
    ],
)
def test_engines_put_the_id_into_the_path(path: str) -> None:
    assert container_of(path) == ID


@pytest.mark.parametrize("path", ["", "/", "/system.slice/cron.service", "/docker/" + "g" * 64, "/docker/abc"])
def test_what_names_none_is_none(path: str) -> None:
    assert container_of(path) == ""
