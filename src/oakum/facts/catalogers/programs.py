"""Cataloger of well-known programs that no package database records, with the table of how each states its version.

A form is a stretch of fixed bytes, which is quick to find, and an expression for what stands around it. It has to be
the program's own way of stating its version (what ``--version`` prints, what it calls itself to a server, a constant
beside its name), so that no other text in the program takes that form. Most forms were held against Debian's binaries;
the others are from the programs' sources or from public patterns, and were never held against a real program. The
first form that is found decides. Debian's ``libnode.so`` is left out: its package states it, and 50 MB take long.
"""

from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from oakum.facts.bounds import bounded
from oakum.facts.cataloger import Group, cataloger
from oakum.facts.files import Files
from oakum.facts.program_versions import Form, stated
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package

_NUMBER: Final = r"\d{1,4}\.\d{1,4}\.\d{1,4}"
_TWO: Final = r"\d{1,4}\.\d{1,4}(?:\.\d{1,4})?"
_BARE: Final = "bare number"


class _Program(Struct, frozen=True):
    """One program, library or family of both.

    Attributes:
        name: of the package, of the purl type ``generic``.
        files: names of its files, with folders before them where the name alone says too little.
        forms: how it states its version, the best first.
    """

    name: str
    files: tuple[str, ...]
    forms: tuple[Form, ...]


def _bare(pattern: str, literal: bytes) -> Form:
    """A number between two zero bytes: what a C program has of a constant that it prints with other words."""
    return Form(literal, rf"(?<=\0)({pattern})(?=\0)", guessed=_BARE)


_PHP: Final = ("5.6", "7.0", "7.1", "7.2", "7.3", "7.4", "8.0", "8.1", "8.2", "8.3", "8.4", "8.5", "8.6")
_PYTHON: Final = ("2.7", *(f"3.{minor}" for minor in range(5, 18)))
_RUBY: Final = ("2.5", "2.6", "2.7", "3.0", "3.1", "3.2", "3.3", "3.4", "3.5", "4.0")
_LUA: Final = ("5.1", "5.2", "5.3", "5.4", "5.5")
_MUSL: Final = ("x86_64", "i386", "aarch64", "armhf", "arm", "powerpc64le", "riscv64", "s390x", "loongarch64")

_OPENSSL: Final = (
    # OPENSSL_VERSION_TEXT (crypto/cversion.c): version and date; Red Hat writes FIPS between them
    Form(
        b"OpenSSL ",
        rf"OpenSSL ({_NUMBER}[a-z]{{0,2}}(?:-(?:alpha|beta|pre|rc|dev|fips)\d{{0,2}})?)"
        r" {1,2}(?:FIPS )?\d{1,2} \w{3} \d{4}",
    ),
    Form(b"AWS-LC ", rf"AWS-LC ({_NUMBER})\)", name="aws-lc"),
    Form(b"LibreSSL ", rf"\0LibreSSL ({_NUMBER})\0", name="libressl"),
)
_REDIS_BUILDS: Final = (
    # REDIS_BUILD_ID_RAW (release.c): the version, then host and second of the build, or nineteen digits of its time
    r"buildkitsandbox-\d{9,10}(?:0{9})?\0",
    r"[0-9a-f]{12}-\d{9,10}(?:0{9})?\0",
    r"\d{10}0{9}\0",
)
_RUBY_FORM: Final = Form(
    # ruby_description (version.c); a patch level after the version counts commits and names no release
    b"ruby ",
    rf"ruby ({_NUMBER}(?:preview\d+|rc\d+|dev)?)(?:p\d+)? \(\d{{4}}-\d\d-\d\d",
)
_PHP_FORM: Final = Form(b"X-Powered-By: PHP/", rf"X-Powered-By: PHP/({_NUMBER}(?:(?:alpha|beta|RC)\d+|-dev)?)")
_MARIADB: Final = Form(b"-MariaDB", rf"\0(?:5\.5\.5-)?({_NUMBER})-MariaDB", name="mariadb")


_PROGRAMS: Final = (
    _Program(
        "node",
        ("node", "nodejs"),
        (
            Form(b"node.js/v", rf"node\.js/v({_NUMBER}(?:-[a-z]+[\d.]*)?)\0"),  # what its inspector calls itself
            Form(b"/node-v", rf"/node-v({_NUMBER}(?:-[a-z]+[\d.]*)?)\.tar\.gz"),  # process.release.sourceUrl
            Form(b"\0node v0.", rf"\0node v({_NUMBER})\0"),
        ),
    ),
    _Program(
        "python",
        (
            *(f"python{one}" for one in _PYTHON),
            "python3.13t",
            "python3.14t",
            "libpython2.7.so.1.0",
            "libpython3.*.so.1.0",
        ),
        (
            Form(b"\0{}.", r"\0({}\.\d{{1,2}}(?:(?:a|b|rc)\d+)?\+?)\0", series=True),
        ),  # PY_VERSION, which begins as the name ends
    ),
    _Program("pypy", ("libpypy-c.so", "libpypy3-c.so", "libpypy3.*-c.so"), (Form(b"[PyPy ", rf"\[PyPy ({_NUMBER})"),)),
    _Program("openssl", ("openssl", "libcrypto.so", "libcrypto.so.*", "libssl.so", "libssl.so.*"), _OPENSSL),
    _Program("busybox", ("busybox",), (Form(b"BusyBox v", rf"BusyBox v({_NUMBER})"),)),  # bb_banner
    _Program("bash", ("bash",), (Form(b"@(#)Bash version ", rf"@\(#\)Bash version ({_NUMBER})\(\d+\) \w+ GNU"),)),
    _Program(
        "nginx",
        ("nginx", "openresty"),
        (
            Form(b"nginx version: nginx/", rf"nginx version: nginx/({_NUMBER})"),
            Form(b"nginx version: openresty/", r"nginx version: openresty/(\d+(?:\.\d+){3})", name="openresty"),
            Form(b"nginx version: freenginx/", rf"nginx version: freenginx/({_NUMBER})", name="freenginx"),
        ),
    ),
    _Program(
        "httpd",
        ("httpd", "apache2", "httpd.worker", "httpd.event"),
        (Form(b"\0Apache/", rf"\0Apache/({_NUMBER})(?:-dev)?(?: \([A-Za-z ]{{1,40}}\))?\0"),),  # AP_SERVER_BASEVERSION
    ),
    _Program(
        "php",
        (
            *(f"{kind}{one}" for kind in ("php", "php-fpm", "php-cgi") for one in ("", *_PHP)),
            *("libphp.so", "libphp5.so", "libphp7.so", *(f"libphp{one}.so" for one in _PHP)),
        ),
        (_PHP_FORM,),
    ),
    _Program(
        "perl",
        ("perl", "libperl.so", "libperl.so.*"),
        (
            # folders of @INC (perl.c); Debian's are of a series, and that of the architecture is not
            Form(b"/lib/perl5/", r"/lib/perl5/(?:site_perl/|vendor_perl/)?(5\.\d{1,2}\.\d{1,2})[/\0]"),
            Form(b"\0/5.", r"\0/(5\.\d{1,2}\.\d{1,2})/[\w-]{3,60}\0"),
        ),
    ),
    _Program(
        "ruby",
        (
            *("ruby", "libruby.so.*", "libruby-static.a"),
            *(f"{name}{one}{end}" for one in _RUBY for name, end in (("ruby", ""), ("libruby-", ".so.*"))),
        ),
        (_RUBY_FORM,),
    ),
    _Program(
        "redis",
        ("redis-server", "redis-cli", "redis-check-rdb", "redis-check-aof", "redis-sentinel"),
        (
            Form(b"buildkitsandbox-", rf"valkey({_NUMBER}){_REDIS_BUILDS[0]}", name="valkey"),
            Form(b"buildkitsandbox-", rf"(?<![\d.])({_NUMBER}){_REDIS_BUILDS[0]}"),
            Form(b"-1", rf"(?<![\d.])({_NUMBER}){_REDIS_BUILDS[1]}"),
            Form(b"000000000\0", rf"(?<![\d.])({_NUMBER}){_REDIS_BUILDS[2]}"),
            Form(b"Redis version ", rf"Redis version ({_NUMBER})"),
        ),
    ),
    _Program(
        "valkey",
        ("valkey-server", "valkey-cli", "valkey-check-rdb", "valkey-check-aof", "valkey-sentinel"),
        (
            Form(b"buildkitsandbox-", rf"(?<![\d.])({_NUMBER}){_REDIS_BUILDS[0]}"),
            Form(b"-1", rf"(?<![\d.])({_NUMBER}){_REDIS_BUILDS[1]}"),
            Form(b"000000000\0", rf"(?<![\d.])({_NUMBER}){_REDIS_BUILDS[2]}"),
        ),
    ),
    _Program("memcached", ("memcached",), (Form(b"\0memcached ", rf"\0memcached ({_NUMBER})\n?\0"),)),
    _Program(
        "haproxy",
        ("haproxy",),
        (
            Form(b", released 2", r" version (\d\.\d{1,2}(?:\.\d{1,3}|-dev\d{1,3}))[-+~\w.]{0,60}, released 2\d{3}/"),
            Form(b"HA-Proxy version ", r"HA-Proxy version (\d\.\d{1,2}(?:\.\d{1,3}|-dev\d{1,3}))"),
        ),
    ),
    _Program(
        "postgresql",
        ("postgres",),
        (Form(b"(PostgreSQL) ", rf"postgres \(PostgreSQL\) ({_TWO}(?![\d.])|\d+(?:alpha|beta|rc)\d+)"),),
    ),
    _Program(
        "mysql",
        ("mysqld", "mysql", "mariadbd", "mariadb"),
        (
            _MARIADB,
            Form(b"/percona-server-", rf"/percona-server-({_NUMBER})", name="percona-server"),
            Form(b"/mysql-", rf"/mysql-({_NUMBER})(?:-[a-z]+)?/"),  # the folder it was built in, in its assertions
        ),
    ),
    _Program(
        "jq",
        ("jq",),
        (Form(b"\0jq-", rf"\0jq-({_TWO}(?:rc\d)?)\0"), _bare(r"1\.\d{1,2}(?:\.\d{1,2})?(?:rc\d)?", b"\x001.")),
    ),
    _Program(
        "curl",
        ("curl", "libcurl.so.*", "libcurl-gnutls.so.*", "libcurl-nss.so.*"),
        (Form(b"curl/", rf"\0(?:lib)?curl/({_NUMBER})(?:-DEV)?\0"),),  # CURL_NAME in the user agent, LIBCURL_NAME
    ),
    _Program("git", ("git",), (Form(b"git/", rf"git/({_NUMBER}(?:\.rc\d)?)[\0.]"),)),  # git_user_agent (version.c)
    _Program(
        "rust",
        ("libstd-*.so",),
        (Form(b"rustc version ", rf"rustc version ({_NUMBER}(?:-(?:beta|nightly)[.\d]*)?) \("),),
    ),
    _Program(
        "erlang",
        ("releases/*/OTP_VERSION", "beam.smp", "beam"),
        (
            Form(b"", r"(\d{2}(?:\.\d{1,4}){1,4}(?:-rc\d)?)"),
            Form(
                b"Erlang/OTP ",
                r"Erlang/OTP (\d\d)[^\0]{0,250}\0{1,8}(\1(?:\.\d{1,4}){1,4}(?:-rc\d)?)\0",
            ),
        ),
    ),
    _Program(
        "julia",
        ("julia/julia_version.h",),
        (Form(b"JULIA_VERSION_STRING", rf'define JULIA_VERSION_STRING "({_NUMBER}(?:-[\w.]+)?)"'),),
    ),
    _Program(
        "gcc",
        ("gcc", *(f"{machine}-linux-gnu-gcc-{one}" for machine in ("x86_64", "aarch64") for one in range(8, 18))),
        # the version and, in brackets, whose build it is, as gcc/version.c has them
        (Form(b"gcc version %s", rf"\0({_NUMBER})\0\([^)\0]{{2,80}}\) \0gcc version %s"),),
    ),
    _Program("xz", ("xz",), (Form(b"xz (XZ Utils) ", rf"xz \(XZ Utils\) ({_NUMBER}(?:alpha|beta)?)\0"),)),
    _Program("xz", ("liblzma.so.*",), (_bare(r"5\.\d{1,2}\.\d{1,2}(?:alpha|beta)?", b"\x005."),)),
    _Program("zlib", ("libz.so.*",), (Form(b" deflate ", r" deflate (\d(?:\.\d{1,3}){1,3})[-.\w]{0,20} Copyright"),)),
    _Program("sqlite", ("libsqlite3.so.*",), (_bare(r"3\.\d{1,2}\.\d{1,2}", b"\x003."),)),
    _Program(
        "sqlcipher",
        ("sqlcipher", "libsqlcipher.so.*"),
        (
            Form(b" community\0", rf"\0({_NUMBER}) community\0"),
            Form(b"fast_kdf_iter\0", rf"fast_kdf_iter\0({_NUMBER})\0"),
        ),
    ),
    _Program(
        "glibc",
        ("libc.so.6", "libc-2.*.so"),
        (Form(b"GNU C Library (", rf"GNU C Library \([^)\0]{{1,80}}\) \w{{1,20}} release version ({_TWO})"),),
    ),
    _Program("musl", (*(f"ld-musl-{one}.so.1" for one in _MUSL), "libc.so"), (_bare(r"1\.[0-2]\.\d{1,2}", b"\x001."),)),
    _Program(
        "composer",
        ("composer", "composer.phar"),
        (
            Form(b"const VERSION = '", rf"public const VERSION = '({_NUMBER}(?:-\w+)?)'"),
        ),  # Composer.php inside the archive
    ),
    _Program(
        "dart",
        ("dart-sdk/version", "dart"),
        (
            Form(b"", rf"({_NUMBER}(?:-[\w.]{{1,40}})?)"),
            Form(b") (", rf"\0({_NUMBER}(?:-[\w.]{{1,40}})?) \((?:stable|beta|dev|main)\) \(\w{{3}} \w{{3}} "),
        ),
    ),
    _Program(
        "deno",
        ("deno",),
        (Form(b"Deno/", rf"({_NUMBER})\+[0-9a-f]{{7}}Deno/\1"), Form(b"Deno/", rf"(?<!-)Deno/({_NUMBER})(?![\d.])")),
    ),
    _Program("bun", ("bun",), (Form(b"bun/", rf"\0bun/({_NUMBER}) npm/"),)),
    _Program(
        "haskell/cabal",
        ("cabal",),
        (Form(b"cabal-install-", r"/cabal-install-(\d{1,2}(?:\.\d{1,4}){2,3})[-/\0]"),),  # Paths_cabal_install
    ),
    _Program("haskell/stack", ("stack",), (Form(b"/stack-", rf"/stack-({_NUMBER}(?:\.\d)?)[-/\0]"),)),
    _Program("proftpd", ("proftpd",), (Form(b"ProFTPD Version ", rf"\0ProFTPD Version ({_NUMBER}(?:[a-z]|rc\d)?)\0"),)),
    _Program(
        "swipl",
        ("swipl/VERSION", "swi-prolog/VERSION", "swipl"),
        (Form(b"", rf"({_NUMBER})"), Form(b"swipl-", rf"[/\0]swipl-({_NUMBER})/")),
    ),
    _Program("lighttpd", ("lighttpd",), (Form(b"\0lighttpd/", rf"\0lighttpd/({_NUMBER})\0"),)),
    _Program(
        "openldap",
        ("slapd", "ldapsearch"),
        (Form(b"$OpenLDAP: ", rf"\$OpenLDAP: (?:slapd|ldapsearch) ({_NUMBER})"),),
    ),
    _Program("util-linux", ("getopt", "mount"), (Form(b"\0util-linux ", rf"\0util-linux ({_TWO})\0"),)),
    _Program("zstd", ("zstd",), (Form(b"\0v1.", rf"\0v({_NUMBER})\0"),)),
    _Program("zstd", ("libzstd.so.*",), (Form(b"1.", r"(?<![\w.])(1\.\d{1,2}\.\d{1,2})\0", guessed=_BARE),)),
    _Program("gzip", ("gzip",), (_bare(r"1\.\d{1,2}", b"\x001."),)),
    _Program("tar", ("tar",), (_bare(r"1\.\d{2}(?:\.\d)?", b"\x001."),)),
    _Program("wget", ("wget",), (_bare(r"1\.\d{2}(?:\.\d{1,2})?", b"\x001."),)),
    _Program(
        "ffmpeg",
        ("ffmpeg", "ffprobe", "libavcodec.so.*", "libavformat.so.*", "libavutil.so.*", "libswresample.so.*"),
        (
            Form(b"FFmpeg version ", rf"\0FFmpeg version n?({_TWO})[-\0]"),
            Form(b"%s version ", rf"\0%s version n?({_TWO})[-\0]"),
        ),
    ),
    _Program(
        "openssh",
        ("sshd", "sshd-session", "ssh"),
        (Form(b"OpenSSH_", r"\0OpenSSH_(\d{1,2}\.\d{1,2}p\d)[ \0]"),),
    ),
    _Program(
        "lua",
        ("lua", *(f"{name}{one}{end}" for one in _LUA for name, end in (("lua", ""), ("liblua", ".so.*")))),
        (Form(b"$LuaVersion: ", rf"\$LuaVersion: Lua ({_NUMBER}) "),),
    ),
    _Program("varnish", ("varnishd",), (Form(b"varnish-", rf"\(varnish-({_NUMBER}) revision "),)),
    _Program("mosquitto", ("mosquitto",), (Form(b"\0mosquitto version ", rf"\0({_NUMBER})\0mosquitto version "),)),
    _Program("dovecot", ("dovecot",), (Form(b"Dovecot v", r"Dovecot v(\d(?:\.\d{1,3}){1,3}) "),)),
    _Program("unbound", ("unbound",), (Form(b"\0unbound ", rf"\0unbound ({_NUMBER})\0"),)),
    _Program("dnsmasq", ("dnsmasq",), (Form(b"\0dnsmasq-", r"\0dnsmasq-(\d\.\d{1,3})\0"),)),
    _Program("postfix", ("sbin/postfix", "sbin/postconf"), (Form(b"mail_version=", rf"\0mail_version=({_NUMBER})\0"),)),
    _Program("squid", ("squid",), (Form(b"\0squid/", rf"\0squid/({_TWO})\0"),)),
    _Program(
        "rsyslog", ("rsyslogd",), (Form(b'software="rsyslogd"', rf'software="rsyslogd" swVersion="({_NUMBER})"'),)
    ),
    _Program("stunnel", ("stunnel", "stunnel4"), (Form(b"Server: stunnel/", r"\0Server: stunnel/(\d\.\d{1,3})\0"),)),
    _Program("expat", ("libexpat.so.*",), (Form(b"\0expat_", rf"\0expat_({_NUMBER})\0"),)),
    _Program("gnutls", ("libgnutls.so.*",), (Form(b"Enabled GnuTLS ", rf"\0Enabled GnuTLS ({_NUMBER}) logging"),)),
    # known from Syft's collection of binaries; none was at hand
    _Program(
        "arangodb",
        ("arangod", "arangosh"),
        (Form(b" [linux]", rf"(?<![\d.])({_NUMBER}(?:-\d)?) (?:enterprise )?\[linux\]"),),
    ),
    _Program("wp-cli", ("wp", "wp-cli.phar"), (Form(b"wp-cli/wp-cli ", rf"wp-cli/wp-cli ({_NUMBER})"),)),
    _Program(
        "haskell/ghc", ("ghc",), (Form(b"libHSghc-", rf"\0libHSghc-({_NUMBER})-(?:\w{{1,40}}-)?ghc[\d.]+\.so\0"),)
    ),
    _Program(
        "mongodb",
        ("mongod",),
        (
            Form(b"\0tcmalloc", rf"(?<![\d.])({_NUMBER})\0tcmalloc"),
            Form(b"\0heap_size", rf"(?<![\d.])({_NUMBER})\0+heap_size"),
        ),
    ),
    _Program(
        "fluent-bit",
        ("fluent-bit",),
        (Form(b"Fluent Bit", rf"\0({_NUMBER})\0{{1,3}}(?:\x1b\[1m\0)?(?:%s)?Fluent Bit"),),
    ),
    _Program("qtbase", ("libQt5Core.so.*", "libQt6Core.so.*"), (Form(b"\0Qt ", rf"\0Qt ({_NUMBER}) \("),)),
    _Program("chrome", ("chrome",), (Form(b"\0Default", r"\0(\d{2,3}(?:\.\d{1,5}){3})\0Default"),)),
)
"""All that are known."""


_GROUPS: dict[str, Any] = {
    f"p{number}_{at}": Group(glob=f"**/{name}", large=True, loose=True)
    for number, program in enumerate(_PROGRAMS)
    for at, name in enumerate(program.files)
}


@cataloger(version=2, **_GROUPS)
def programs(files: Files) -> Iterator[Fact]:
    """Well-known programs and libraries, by the version that each states in itself.

    What was built from source or copied into an image has no package record. Such a file is known by its name, and
    its version by the program's own way of stating it; one that was renamed is not seen. A file of such a name
    without such a statement is nothing: a script, a link, a part that keeps its version in a library. One that
    states several versions in the same form is a gap.
    """
    for group, found in files.groups.items():
        program = _PROGRAMS[int(group[1:].partition("_")[0])]
        for file in found:
            with file.open() as content:
                seen = stated(content, program.forms, file.path.rpartition("/")[2])
            if seen is None:
                continue
            form, versions = seen
            name = form.name or program.name
            if len(versions) > 1:
                what = f"looks like {name} and states several versions: {', '.join(versions)}"
                yield Gap(gaps.UNIDENTIFIED_PACKAGE, what, file.path)
                continue
            yield bounded(Package("generic", name, versions[0], file.path, guessed=form.guessed))
