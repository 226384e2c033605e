"""Cataloger of WordPress, its plug-ins and its themes."""

import re
from collections.abc import Iterator

from oakum.facts.bounds import statement
from oakum.facts.cataloger import cataloger
from oakum.facts.files import File, Files
from oakum.facts.lockfile import release
from oakum.model.fact import Fact, Package

_HEAD = 8 * 1024
"""WordPress itself looks no further for a header (``get_file_data``)."""

_HEADER = re.compile(r"^[ \t/*#@]*(?P<key>Plugin Name|Theme Name|Version|License):(?P<value>[^\n]*)$", re.MULTILINE)
_CORE = re.compile(r"""^\$wp_version\s*=\s*['"](?P<version>[^'"\n]+)['"]""", re.MULTILINE)


@cataloger(
    version=1,
    plugins="**/wp-content/plugins/*/*.php",
    singles="**/wp-content/plugins/*.php",
    themes="**/wp-content/themes/*/style.css",
    core="**/wp-includes/version.php",
)
def wordpress_plugin(files: Files) -> Iterator[Fact]:
    """WordPress, its plug-ins and its themes.

    A plug-in is named by its folder, as the directory of plug-ins names it; its main file has a header with
    ``Plugin Name`` and ``Version``. No package URL type is registered for them, so they are ``generic``.
    """
    for file in (*files.plugins, *files.singles):
        yield from _headed(file, "Plugin Name", "wordpress-plugin")
    for file in files.themes:
        yield from _headed(file, "Theme Name", "wordpress-theme")
    for file in files.core:
        found = _CORE.search(file.text()[:_HEAD])
        yield release(Package("generic", "wordpress", found["version"] if found else "", file.path))


def _headed(file: File, title: str, kind: str) -> Iterator[Fact]:
    head = file.text()[:_HEAD].replace("\r", "\n")
    header: dict[str, str] = {}
    for found in _HEADER.finditer(head):
        header.setdefault(found["key"], found["value"].partition("*/")[0].partition("?>")[0].strip())
    if header.get(title):
        folder, base = file.path.split("/")[-2:]
        slug = folder if folder != "plugins" else base.removesuffix(".php")
        licenses = statement(header.get("License", ""))
        yield release(Package("generic", f"{kind}/{slug}", header.get("Version", ""), file.path, licenses=licenses))
