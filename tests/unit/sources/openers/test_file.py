from oakum.model.reading import Target
from oakum.sources.openers.file import file


def test_one_file_is_one_layer_without_a_digest() -> None:
    opened = file.open(Target("file:/srv/app.jar", "file", "/srv/app.jar"))
    assert [place.file for place in opened.places] == ["/srv/app.jar"]
    assert [layer.digest for layer in opened.artifact.layers] == [""]
    assert set(file.reads) == {"installed", "declared", "document"}
