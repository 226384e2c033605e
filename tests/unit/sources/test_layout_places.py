"""Which files of a layout the parser may read, where links lead out of it."""

import hashlib
from pathlib import Path

from oakum.model.reading import Target
from oakum.sources.layout_places import holds_blob, layout_places

KEY = b"-----BEGIN OPENSSH PRIVATE KEY-----\n"


def places(folder: Path) -> set[str]:
    return set(layout_places(Target("t", "oci_layout", str(folder))))


def layout(folder: Path, blobs: dict[str, bytes]) -> Path:
    (folder / "blobs" / "sha256").mkdir(parents=True)
    (folder / "index.json").write_text("{}")
    for name, data in blobs.items():
        (folder / "blobs" / "sha256" / name).write_bytes(data)
    return folder


def name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_layout_without_links_is_its_folder_alone(tmp_path: Path) -> None:
    folder = layout(tmp_path / "image", {name_of(b"blob"): b"blob"})
    assert places(folder) == {str(folder)}
    (tmp_path / "link").symlink_to(folder)
    assert places(tmp_path / "link") == {str(folder)}


def test_a_blob_that_is_a_link_counts_where_it_is_what_its_name_says(tmp_path: Path) -> None:
    folder = layout(tmp_path / "image", {})
    for file, data, name in (("good", b"blob", name_of(b"blob")), ("key", KEY, "ab" * 32)):
        (tmp_path / file).write_bytes(data)
        (folder / "blobs" / "sha256" / name).symlink_to(tmp_path / file)
    assert places(folder) == {str(folder), str(tmp_path / "good")}


def test_a_link_that_leads_to_no_file_gives_nothing(tmp_path: Path) -> None:
    folder = layout(tmp_path / "image", {})
    blobs = folder / "blobs" / "sha256"
    (blobs / ("aa" * 32)).symlink_to(tmp_path)
    (blobs / ("bb" * 32)).symlink_to(tmp_path / "none")
    (blobs / ("cc" * 32)).symlink_to("/dev/zero")
    (blobs / ("dd" * 32)).symlink_to(blobs / ("dd" * 32))
    (blobs / ("ee" * 32)).symlink_to(folder / "index.json")
    assert places(folder) == {str(folder)}


def test_a_folder_of_blobs_elsewhere_gives_its_blobs_and_not_its_keys(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "id_rsa").write_bytes(KEY)
    (store / name_of(b"blob")).write_bytes(b"blob")
    folder = tmp_path / "image"
    (folder / "blobs").mkdir(parents=True)
    (folder / "blobs" / "sha256").symlink_to(store)
    (tmp_path / "index").write_text("{}")
    (folder / "index.json").symlink_to(tmp_path / "index")
    blob = str(folder / "blobs" / "sha256" / name_of(b"blob"))
    assert places(folder) == {str(folder), str(tmp_path / "index"), blob}


def test_a_layout_that_is_not_there_is_left_to_who_opens_it(tmp_path: Path) -> None:
    assert places(tmp_path / "none") == {str(tmp_path / "none")}


def test_a_layout_says_by_its_names_which_blobs_it_holds(tmp_path: Path) -> None:
    target = Target("t", "oci_layout", str(layout(tmp_path / "image", {name_of(b"blob"): b"blob"})))
    assert holds_blob(target, f"sha256:{name_of(b'blob')}")
    assert not holds_blob(target, f"sha256:{name_of(b'other')}")
    assert holds_blob(Target("t", "docker_archive", "a.tar"), f"sha256:{name_of(b'other')}")
