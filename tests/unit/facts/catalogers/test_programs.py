import pytest

from oakum.facts.catalogers.programs import programs
from oakum.model.fact import Gap, Package
from oakum.testing.files import read

ELF = b"\x7fELF\x02\x01\x01" + bytes(57)

STATEMENTS = [
    ("usr/local/bin/node", b"\0node.js/v22.9.0\0", "node", "22.9.0"),
    ("opt/node", b"\0https://nodejs.org/download/release/v8.17.0/node-v8.17.0.tar.gz\0", "node", "8.17.0"),
    ("usr/local/bin/python3.11", b"pymalloc_debug\x003.11.2\0strict", "python", "3.11.2"),
    ("usr/local/lib/libpython3.14.so.1.0", b"'\x003.14.0rc2\0%.80s", "python", "3.14.0rc2"),
    ("opt/openssl", b"\0OpenSSL 3.0.22 25 Aug 2026\0", "openssl", "3.0.22"),
    ("usr/lib/libcrypto.so.1.1", b"\0OpenSSL 1.1.1w  11 Sep 2023\0", "openssl", "1.1.1w"),
    ("usr/lib64/libssl.so.1.1.1k", b"\0OpenSSL 1.1.1k  FIPS 25 Mar 2021\0", "openssl", "1.1.1k"),
    ("usr/bin/openssl", b"\0OpenSSL 1.1.1 (compatible; AWS-LC 1.69.0)\0", "aws-lc", "1.69.0"),
    ("usr/bin/openssl", b"\0LibreSSL 3.9.2\0", "libressl", "3.9.2"),
    ("bin/busybox", b"\0BusyBox v1.35.0 (2024-01-01 00:00:00 UTC)\0", "busybox", "1.35.0"),
    ("bin/bash", b"\0@(#)Bash version 5.2.15(1) release GNU\0", "bash", "5.2.15"),
    ("usr/sbin/nginx", b"\0nginx version: nginx/1.22.1\n\0", "nginx", "1.22.1"),
    ("usr/local/openresty/nginx/sbin/nginx", b"\0nginx version: openresty/1.21.4.1\n", "openresty", "1.21.4.1"),
    ("usr/local/apache2/bin/httpd", b"\0Apache/2.4.62\0\0Apache/2.4.62 (Unix)\0", "httpd", "2.4.62"),
    ("usr/local/sbin/php-fpm", b"%s,%s\0X-Powered-By: PHP/8.2.36\0", "php", "8.2.36"),
    ("usr/lib/apache2/modules/libphp8.3.so", b"\0X-Powered-By: PHP/8.3.0RC1\0", "php", "8.3.0RC1"),
    ("usr/local/bin/perl", b"\0/usr/local/lib/perl5/site_perl/5.36.1/x86_64-linux-gnu\0", "perl", "5.36.1"),
    ("usr/bin/perl", b"\0/5.36.0/x86_64-linux-gnu-thread-multi\0v5.36.0\0", "perl", "5.36.0"),
    ("usr/lib/libruby.so.3.1.2", b"\0ruby 3.1.2p20 (2022-04-12 revision 4491bb740a)", "ruby", "3.1.2"),
    ("redis-server", b"\x007.0.14buildkitsandbox-1702957741000000000\0", "redis", "7.0.14"),
    ("redis-server", b"\x004.0.11841ce7054bd9-1542359302000000000\0", "redis", "4.0.11"),
    ("redis-server", b"\xdfA7.0.151790282056000000000\0%llx\0", "redis", "7.0.15"),
    ("usr/bin/redis-server", b"\0valkey9.0.0buildkitsandbox-1764887574000000000\0", "valkey", "9.0.0"),
    ("usr/bin/valkey-server", b"\0valkey9.0.0buildkitsandbox-1764887574000000000\0", "valkey", "9.0.0"),
    ("memcached", b"\0memcached 1.6.18\0udp-port\0memcached 1.6.18\n\0", "memcached", "1.6.18"),
    ("haproxy", b"\0 version 2.6.12-1+deb12u4, released 2026/10/17\0", "haproxy", "2.6.12"),
    ("haproxy", b"HAProxy version 2.9-dev6-c2a1b3d, released 2023/09/22", "haproxy", "2.9-dev6"),
    ("postgres", b"\0postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)\n\0", "postgresql", "15.20"),
    ("postgres", b"\0postgres (PostgreSQL) 9.6.24\n\0", "postgresql", "9.6.24"),
    ("postgres", b"\0postgres (PostgreSQL) 18beta2\n\0", "postgresql", "18beta2"),
    ("mariadbd", b"\x0010.11.19-MariaDB\0x86_64\0", "mariadb", "10.11.19"),
    ("usr/sbin/mysqld", b"\0/builds/release/mysql-8.0.37/sql/auth.cc\0", "mysql", "8.0.37"),
    ("usr/sbin/mysqld", b"\0/mnt/percona-server-8.0.36/sql/a.cc\0", "percona-server", "8.0.36"),
    ("usr/bin/curl", b"\0curl/7.88.1\0", "curl", "7.88.1"),
    ("usr/lib/libcurl.so.4.8.0", b"/\0libcurl/7.88.1\0zlib/%s\0", "curl", "7.88.1"),
    ("usr/bin/git", b"\xff\xfegit/2.39.5\0GIT_USER_AGENT\0", "git", "2.39.5"),
    (
        "usr/lib/libstd-0123456789abcdef.so",
        b"clang LLVM (rustc version 1.48.0 (7eac88abb 2020-11-16))",
        "rust",
        "1.48.0",
    ),
    ("erts-13.1.5/bin/beam.smp", b"Erlang/OTP 25 [erts-13.1.5]%s\n\x0025.2.3\0", "erlang", "25.2.3"),
    ("x86_64-linux-gnu-gcc-12", b"zstd\x0012.2.0\0(Debian 12.2.0-14) \0gcc version %s %s", "gcc", "12.2.0"),
    ("usr/bin/xz", b"\0xz (XZ Utils) 5.4.1\0liblzma %s", "xz", "5.4.1"),
    ("usr/lib/libz.so.1.2.13", b"- deflate 1.2.13 Copyright 1995-2022 Jean-loup", "zlib", "1.2.13"),
    ("usr/lib/libc.so.6", b"GNU C Library (Debian GLIBC 2.36-9) stable release version 2.36.\n", "glibc", "2.36"),
    ("usr/lib/libsqlcipher.so.0.8.6", b"cipher_default_kdf_iter\0fast_kdf_iter\x003.4.1\0", "sqlcipher", "3.4.1"),
    ("usr/bin/composer", b"    public const VERSION = '2.7.6';\n", "composer", "2.7.6"),
    ("usr/bin/dart", b'Dart,GC"\x003.5.2 (stable) (Wed Aug 28 10:01:20 2024 +0000) on "', "dart", "3.5.2"),
    ("deno", b"OTLP-Exporter-Deno/0.80.0grpc|denover2.9.62.9.6+e518fbdDeno/2.9.6Deno/2.9.6+e51", "deno", "2.9.6"),
    ("bun", b"\0bun/1.4.5 npm/? node/v26.3.0 linux x64\0", "bun", "1.4.5"),
    ("cabal", b"\0/usr/lib/x86_64-linux-ghc-9.0.2/cabal-install-3.4.1.0-3R2S9Cl-cabal\0", "haskell/cabal", "3.4.1.0"),
    ("proftpd", b"\0ProFTPD Version 1.3.8b\0LANG\0", "proftpd", "1.3.8b"),
    ("lighttpd", b"\0lighttpd/1.4.69\0server\0", "lighttpd", "1.4.69"),
    ("slapd", b"@(#) $OpenLDAP: slapd 2.5.13+dfsg-5 (Feb  8 2023)", "openldap", "2.5.13"),
    ("sshd", b"\0OpenSSH_9.2p1 Debian-2\0OpenSSH_2.*,OpenSSH_3.0*\0", "openssh", "9.2p1"),
    ("liblua5.4.so.0.0.0", b"\0$LuaVersion: Lua 5.4.4  Copyright (C) 1994-2022 Lua.org", "lua", "5.4.4"),
    ("ffmpeg", b"\0%s version 5.1.9-0+deb12u1\0%sbuilt", "ffmpeg", "5.1.9"),
]

BARE = [
    ("usr/bin/jq", b"%s\n\x001.6\0DEBUG:\0", "jq", "1.6"),
    ("usr/lib/liblzma.so.5.4.1", b"\x005.4.1\0", "xz", "5.4.1"),
    ("usr/lib/libsqlite3.so.0.8.6", b"\x003.40.1\0", "sqlite", "3.40.1"),
    ("lib/ld-musl-x86_64.so.1", b"/fd/\x001.2.3\0Unsupported", "musl", "1.2.3"),
    ("usr/lib/libzstd.so.1.5.4", b"\x851.5.4\0\0", "zstd", "1.5.4"),
]


@pytest.mark.parametrize(("path", "text", "name", "version"), [*STATEMENTS, *BARE])
def test_a_program_states_its_version_in_its_own_form(path: str, text: bytes, name: str, version: str) -> None:
    (fact,) = read(programs, {path: ELF + text + bytes(64)})
    assert isinstance(fact, Package)
    assert (fact.type, fact.name, fact.version) == ("generic", name, version)
    assert fact.guessed == ("bare number" if (path, text, name, version) in BARE else "")


@pytest.mark.parametrize(
    ("path", "text", "version"),
    [
        ("usr/lib/erlang/releases/25/OTP_VERSION", b"25.2.3\n", "25.2.3"),
        ("opt/dart-sdk/version", b"3.5.2\n", "3.5.2"),
        ("usr/include/julia/julia_version.h", b'#define JULIA_VERSION_STRING "1.10.4"\n', "1.10.4"),
    ],
)
def test_a_text_beside_it_may_say_it_too(path: str, text: bytes, version: str) -> None:
    (fact,) = read(programs, {path: text})
    assert isinstance(fact, Package)
    assert fact.version == version


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("usr/bin/node", b'#!/bin/sh\nexec /opt/node "$@"\n'),
        ("usr/bin/ruby3.1", ELF + b"\0libruby-3.1.so.3.1\0"),
        ("usr/bin/python3.11", ELF + b"\x003.12.1\0"),
        ("opt/dart-sdk/version", b"3.5.2 or so\n"),
        ("usr/bin/nginx-renamed", ELF + b"\0nginx version: nginx/1.22.1\n\0"),
        ("usr/lib/libcrypto.so.3", ELF + b"\0OpenSSL 1.1.1 (compatible; BoringSSL)\0"),
    ],
)
def test_a_name_alone_is_no_claim(path: str, text: bytes) -> None:
    assert read(programs, {path: text}) == []


def test_several_versions_in_one_form_are_a_gap() -> None:
    (gap,) = read(programs, {"usr/bin/jq": ELF + b"\x001.6\0\x001.7\0"})
    assert isinstance(gap, Gap)
    assert "1.6, 1.7" in gap.what


@pytest.mark.parametrize("before", [2**20 - 76, 2**20 - 70, 2**20 - 64 - 320, 2**21])
def test_a_statement_is_whole_wherever_blocks_meet(before: int) -> None:
    (fact,) = read(programs, {"sbin/nginx": ELF + bytes(before) + b"\0nginx version: nginx/1.22.117\n" + bytes(9)})
    assert isinstance(fact, Package)
    assert fact.version == "1.22.117"
