import pytest

from oakum.facts.java_names import Names, names_of


def named(path: str, manifest: dict[str, str] | None = None, folder: str = "") -> Names:
    return names_of(path, manifest or {}, lambda wanted: bool(folder) and folder.startswith(wanted))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("root/.m2/repository/org/a/b/1.0/b-1.0.jar", Names("org.a", "b", "1.0", "path")),
        ("repository/x/repository/a/b/1.0/b-1.0-linux.jar", Names("a", "b", "1.0", "path")),
        ("x/repository/a/b/1.0/c-1.0.jar", Names("", "c", "1.0", "file name")),
        ("x/repository/b-1.0.jar", Names("", "b", "1.0", "file name")),
        ("h/.gradle/caches/modules-2/files-2.1/org.a/b/1.0/8e7a1f/b-1.0.jar", Names("org.a", "b", "1.0", "path")),
    ],
)
def test_where_it_lies(path: str, expected: Names) -> None:
    assert named(path) == expected


def test_a_well_known_name_needs_its_classes() -> None:
    assert named("spring-core-5.3.31.jar", folder="org/springframework/core/") == Names(
        "org.springframework", "spring-core", "5.3.31", "file name and content"
    )
    assert named("spring-core-5.3.31.jar", folder="com/example/") == Names("", "spring-core", "5.3.31", "file name")


def test_a_starter_has_no_classes_but_a_module() -> None:
    manifest = {"automatic-module-name": "spring.boot.starter.web"}
    assert named("spring-boot-starter-web-2.7.18.jar", manifest).group == "org.springframework.boot"


def test_tomcat_calls_its_files_otherwise() -> None:
    manifest = {"implementation-title": "Apache Tomcat", "implementation-version": "9.0.83"}
    assert named("opt/tomcat/lib/catalina.jar", manifest, "org/apache/catalina/") == Names(
        "org.apache.tomcat", "tomcat-catalina", "9.0.83", "file name and content"
    )
    assert named("opt/lib/catalina.jar").artifact == "catalina"


def test_an_old_version_has_its_old_group() -> None:
    assert named("asm-3.3.1.jar", folder="org/objectweb/asm/").group == "asm"
    assert (
        named("asm-9.2.jar", {"bundle-symbolicname": "org.objectweb.asm"}, "org/objectweb/asm/").group == "org.ow2.asm"
    )


def test_the_manifest_names_what_the_file_does_not() -> None:
    manifest = {"implementation-vendor-id": "org.typelevel"}
    assert named("spire-1.0.jar", manifest) == Names("org.typelevel", "spire", "1.0", "manifest")
    assert named(".jar", {"implementation-title": "x", "bundle-version": "2"}) == Names("", "x", "2", "manifest")
