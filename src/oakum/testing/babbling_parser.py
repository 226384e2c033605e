"""What is no parser: it says that it opened the target, again and again, faster than anybody listens."""

import msgspec

from oakum.kit import frames
from oakum.model.artifact import Artifact, Layer
from oakum.model.confinement import Confinement
from oakum.model.reading import Opened

if __name__ == "__main__":
    opened = Opened(Artifact("t", "docker_archive", layers=(Layer(""),)), Confinement())
    data = msgspec.msgpack.encode(opened)
    while True:
        frames.send(1, data)
