import pytest

from oakum.facts.catalogers.wordpress_plugin import wordpress_plugin
from oakum.model.fact import Gap, Package
from oakum.testing.files import read

PLUGINS = "srv/wp-content/plugins/"


@pytest.mark.parametrize(
    "header",
    [
        "<?php\n/**\n * Plugin Name: A\n * Version: 1.2\n */",
        "<?php /*\r\nPlugin Name: A\r\nVersion: 1.2\r\n*/",
        "<?php\n# Plugin Name: A\n# Version: 1.2 ?>",
    ],
)
def test_a_plugin_is_named_by_its_folder(header: str) -> None:
    path = PLUGINS + "acme/main.php"
    assert read(wordpress_plugin, {path: header.encode()}) == [Package("generic", "wordpress-plugin/acme", "1.2", path)]


def test_a_file_without_a_header_is_no_plugin_and_one_without_a_version_is_a_gap() -> None:
    assert read(wordpress_plugin, {PLUGINS + "acme/other.php": b"<?php // Version: 3"}) == []
    (gap,) = read(wordpress_plugin, {PLUGINS + "single.php": b"/*\nPlugin Name: A\n*/"})
    assert isinstance(gap, Gap)


def test_a_header_beyond_what_wordpress_reads_does_not_count() -> None:
    assert read(wordpress_plugin, {PLUGINS + "a/a.php": b" " * 9_000 + b"\nPlugin Name: A\nVersion: 1\n"}) == []
