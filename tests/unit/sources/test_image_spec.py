import tempfile

import pytest

from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import LAYERS, MANIFEST_BYTES
from oakum.sources import image_spec as spec
from oakum.testing.images import digest_of


def config(**history: bool) -> spec.Config:
    made = [spec.History(name, empty_layer=empty) for name, empty in history.items()]
    return spec.Config(rootfs=spec.RootFs(["sha256:one", "sha256:two"]), history=made)


def test_layers_know_the_instruction_that_made_them() -> None:
    stored = [spec.Descriptor("a"), spec.Descriptor("b")]
    layers = spec.layers_of(config(ADD=False, ENV=True, RUN=False), stored)
    assert [(layer.instruction, layer.diff_id) for layer in layers] == [("ADD", "sha256:one"), ("RUN", "sha256:two")]


def test_a_history_that_does_not_fit_says_nothing() -> None:
    layers = spec.layers_of(config(ADD=False), [spec.Descriptor("a"), spec.Descriptor("b"), spec.Descriptor("c")])
    assert [(layer.instruction, layer.diff_id) for layer in layers] == [
        ("", "sha256:one"),
        ("", "sha256:two"),
        ("", ""),
    ]


def test_long_instructions_and_many_layers_are_bounded() -> None:
    made = spec.Config(history=[spec.History("x" * 100_000)])
    assert len(spec.layers_of(made, [spec.Descriptor("a")])[0].instruction) < 5000
    with pytest.raises(LimitError):
        spec.layers_of(spec.Config(), [spec.Descriptor("a")] * (LAYERS + 1))


def test_data_are_held_to_their_digest() -> None:
    assert spec.verified(b"x", digest_of(b"x"), "it") == b"x"
    for digest in (digest_of(b"y"), "sha256:x", "md5:0"):
        with pytest.raises(DamagedError):
            spec.verified(b"x", digest, "it")


def test_documents_are_bounded_and_whole() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"{}")
        file.flush()
        assert spec.read_small(file.fileno(), 0, 2, "it") == b"{}"
        for size, error in ((3, DamagedError), (MANIFEST_BYTES + 1, LimitError), (-1, LimitError)):
            with pytest.raises(error):
                spec.read_small(file.fileno(), 0, size, "it")
