#!/bin/sh
# Installs the real parts of the live tests from Debian's packages; as root, and only what is missing.
set -eu
missing=
need() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || missing="$missing $2"; }
need dockerd docker.io
need containerd containerd
need runc runc
need iptables iptables
need podman podman
need skopeo skopeo
need docker-registry docker-registry
need htpasswd apache2-utils
need openssl openssl
need git git
need ssh-keygen openssh-client
need busybox busybox-static
need mmdebstrap mmdebstrap
need dpkg dpkg
need rpmbuild rpm
need rpm rpm
need ruby ruby
need pacman pacman-package-manager
need composer composer
need bundle ruby-bundler
need rebar3 rebar3
need luarocks luarocks
need make make
need clang clang
need llvm-strip llvm
need bpftool bpftool
need cc gcc
[ -e /usr/include/bpf/bpf_helpers.h ] || missing="$missing libbpf-dev"
[ -e /usr/include/stdio.h ] || missing="$missing libc6-dev"
ldconfig -p | grep -q 'libbpf\.so\.1' || missing="$missing libbpf1"
need R r-base-core
need java default-jre-headless
need npm npm
need node nodejs
need chromium chromium
fc-list 2>/dev/null | grep -qi dejavu || missing="$missing fonts-dejavu-core fontconfig"
[ -e /usr/share/java/maven3-artifact.jar ] || missing="$missing libmaven3-core-java"
need tar tar
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ]; then
    echo "check: root installs the real parts of the live tests; missing:$missing" >&2
    exit 77
fi
echo "check: installing the real parts of the live tests:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of names
said=$({ apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } 2>&1 </dev/null) ||
    { echo "check: apt-get could not install them: $said" >&2; exit 69; }
