"""Groups of well-known Java packages whose archives do not say them.

Archives made by Gradle, Ant and sbt have no ``pom.properties``, and Spring, Tomcat, Kafka, Kotlin, gRPC and many others
are made so. Each line has the group and artifacts under which the package is published (as their own build
instructions say), and a folder of classes that the archive must hold for the name to count: what is only called
``core`` is nobody's. A star stands for the rest of a name.
"""

from typing import Final

from oakum.facts.java_group_list import GROUPS

_OLDER: Final = {
    ("asm", 4): "asm",
    ("asm-tree", 4): "asm",
    ("asm-commons", 4): "asm",
    ("hibernate-core", 6): "org.hibernate",
    ("groovy", 4): "org.codehaus.groovy",
    ("dom4j", 2): "dom4j",
}
"""Packages that moved: below this number they had that group."""


def known_groups(artifact: str) -> list[tuple[str, str]]:
    """The groups that publish an artifact of this name, each with the folder that its archive holds.

    The exact name goes before the longest beginning of it.
    """
    found = [
        (len(pattern), group, folder)
        for group, folder, patterns in GROUPS
        for pattern in patterns.split()
        if pattern == artifact or (pattern.endswith("*") and artifact.startswith(pattern[:-1]))
    ]
    best = max((length for length, _, _ in found), default=0)
    return [(group, folder) for length, group, folder in found if length == best]


def moved(artifact: str, version: str, group: str) -> str:
    """The group that this version was published under."""
    number = version.partition(".")[0]
    for (name, below), older in _OLDER.items():
        if name == artifact and number.isdecimal() and int(number[:9]) < below:
            return older
    return group
