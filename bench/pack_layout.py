"""Pack a tar and overlay folders into an OCI layout with gzip layers: ``pack_layout.py OUT BASE_TAR [FOLDER ...]``.

Belongs to build_images.sh. Each folder is the upper directory of an overlay; what it removes
(a character device 0/0) and hides (the attribute ``trusted.overlay.opaque``) becomes the
image specification's ``.wh.`` files.
"""

import gzip
import hashlib
import json
import os
import stat
import sys
import tarfile
import tempfile
from typing import IO

_MEDIA = "application/vnd.oci.image."
_LEVEL = 6
_PIECE = 1 << 20
_REF = "org.opencontainers.image.ref.name"


class Layout:
    """An OCI layout that is being written."""

    def __init__(self, root: str) -> None:
        """Make the folders."""
        self._root = root
        self._blobs = os.path.join(root, "blobs", "sha256")
        os.makedirs(self._blobs)
        self._layers: list[dict[str, object]] = []
        self._unpacked: list[str] = []

    def add_layer(self, tar: IO[bytes]) -> None:
        """Add a layer from its tar."""
        whole, packed = hashlib.sha256(), os.path.join(self._blobs, "new")
        with open(packed, "wb") as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as out:
            while piece := tar.read(_PIECE):
                whole.update(piece)
                out.write(piece)
        with open(packed, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.rename(packed, os.path.join(self._blobs, digest))
        self._layers.append(self._descriptor("layer.v1.tar+gzip", digest))
        self._unpacked.append("sha256:" + whole.hexdigest())

    def close(self) -> None:
        """Write configuration, manifest and index."""
        history = [{"created_by": f"benchmark layer {number}"} for number in range(len(self._layers))]
        config = self._put(
            "config.v1+json",
            {
                "architecture": "amd64",
                "os": "linux",
                "config": {"Env": ["PATH=/usr/bin:/bin"], "Cmd": ["bash"]},
                "rootfs": {"type": "layers", "diff_ids": self._unpacked},
                "history": history,
            },
        )
        media = _MEDIA + "manifest.v1+json"
        manifest = {"schemaVersion": 2, "mediaType": media, "config": config, "layers": self._layers}
        named = {**self._put("manifest.v1+json", manifest), "annotations": {_REF: "latest"}}
        self._write("index.json", {"schemaVersion": 2, "manifests": [named]})
        self._write("oci-layout", {"imageLayoutVersion": "1.0.0"})

    def _put(self, media: str, document: dict[str, object]) -> dict[str, object]:
        data = json.dumps(document).encode()
        digest = hashlib.sha256(data).hexdigest()
        with open(os.path.join(self._blobs, digest), "wb") as file:
            file.write(data)
        return self._descriptor(media, digest)

    def _descriptor(self, media: str, digest: str) -> dict[str, object]:
        size = os.path.getsize(os.path.join(self._blobs, digest))
        return {"mediaType": _MEDIA + media, "digest": "sha256:" + digest, "size": size}

    def _write(self, name: str, document: dict[str, object]) -> None:
        with open(os.path.join(self._root, name), "w", encoding="utf-8") as file:
            json.dump(document, file)


def pack_folder(folder: str, tar: tarfile.TarFile, below: str = "") -> None:
    """Add what an overlay's upper folder changes, each folder before what is in it."""
    for name in sorted(os.listdir(os.path.join(folder, below))):
        path = os.path.join(below, name)
        full = os.path.join(folder, path)
        mode = os.lstat(full)
        if stat.S_ISCHR(mode.st_mode) and mode.st_rdev == 0:
            tar.addfile(tarfile.TarInfo(os.path.join(below, ".wh." + name)))
        elif not stat.S_ISSOCK(mode.st_mode):
            _add(full, path, tar)
            if stat.S_ISDIR(mode.st_mode):
                pack_folder(folder, tar, path)


def _add(full: str, path: str, tar: tarfile.TarFile) -> None:
    member = tar.gettarinfo(full, path)
    member.uname = member.gname = ""
    member.mtime = int(member.mtime)
    if member.isreg():
        with open(full, "rb") as file:
            tar.addfile(member, file)
        return
    tar.addfile(member)
    if member.isdir() and _is_opaque(full):
        tar.addfile(tarfile.TarInfo(path + "/.wh..wh..opq"))


def _is_opaque(folder: str) -> bool:
    try:
        return os.getxattr(folder, "trusted.overlay.opaque") == b"y"
    except OSError:
        return False


def main(out: str, base: str, *folders: str) -> None:
    """Pack the base and each folder."""
    layout = Layout(out)
    with open(base, "rb") as file:
        layout.add_layer(file)
    for folder in folders:
        with tempfile.TemporaryFile(dir=os.path.dirname(out)) as held:
            with tarfile.open(fileobj=held, mode="w", format=tarfile.PAX_FORMAT) as tar:
                pack_folder(folder, tar)
            held.seek(0)
            layout.add_layer(held)
    layout.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
