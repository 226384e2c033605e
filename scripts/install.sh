# Sourced by ./oakum and ./check: makes .venv hold what a list of requirements names, once.
# Needs python3 >= 3.11 and nothing else. Prints to standard error, and only when there is something to do.

say() { echo "oakum: $*" >&2; }

# A Python that is new enough, or exit 69.
find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    say "Python 3.11 or newer is needed; install the package python3"
    exit 69
}

# Make .venv. Debian's python3 has no ensurepip: its package is python3-venv.
make_venv() {
    export DEBIAN_FRONTEND=noninteractive
    python=$(find_python) || exit 69
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            say "installing the Debian package python3-venv, which Python's own installer lies in"
            said=$({ apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv; } 2>&1 </dev/null) ||
                { say "apt-get could not install python3-venv: $said"; exit 69; }
        else
            say "one package is missing: install python3-venv (apt-get install python3-venv) and run this again"
            exit 69
        fi
    fi
    "$python" -m venv --clear "$here/.venv"
}

# What the installed state depends on: the pins, and the place and the Python that scripts in .venv name.
wanted_state() {
    cat "$here/requirements/uv.txt" "$here/requirements/$1.txt" "$here/pyproject.toml" | cksum
    echo "$here $(readlink -f "$here/.venv/bin/python")"
}

# Whether .venv holds a list whole; dev.txt holds everything of run.txt.
is_installed() { [ "$(cat "$here/.venv/installed-$1" 2>/dev/null)" = "$(wanted_state "$1")" ]; }

# install_into_venv run|dev: nothing is done when the stamp says that it was done already.
install_into_venv() {
    want=$1
    if is_installed "$want" || is_installed dev; then
        compile_sources
        return
    fi
    lock="$here/.venv.lock"
    take_lock
    trap 'rm -f "$lock"' EXIT
    trap 'exit 130' INT TERM
    if ! is_installed "$want"; then
        install_packages "$want"
        wanted_state "$want" >"$here/.venv/installed-$want"
    fi
    rm -f "$lock"
    trap - EXIT INT TERM
    compile_sources
}

# Wait until no other installation runs here. The lock is a link that names its owner, so it is never there without one.
take_lock() {
    [ -w "$here" ] || { say "$here cannot be written, so nothing can be installed into it"; exit 77; }
    told= missed=0
    until ln -s "$$" "$lock" 2>/dev/null; do
        owner=$(readlink "$lock") || owner=
        if [ -z "$owner" ]; then
            missed=$((missed + 1))  # it was given back just now, or cannot be made at all
            [ $missed -lt 5 ] || { say "$lock cannot be made"; exit 77; }
            sleep 1
            continue
        fi
        if [ ! -d "/proc/$owner" ]; then
            rm -f "$lock"  # its installer has died
            continue
        fi
        [ -n "$told" ] || say "waiting for the installation that process $owner does"
        told=1
        sleep 1
    done
}

install_packages() {
    say "installing Python packages into .venv (once; every one pinned by its hash)"
    bin="$here/.venv/bin"
    if [ "$(cat "$here/.venv/made-in" 2>/dev/null)" != "$here" ] || ! "$bin/python" -m pip --version >/dev/null 2>&1; then
        make_venv  # its scripts name the folder, so a moved one starts anew
        echo "$here" >"$here/.venv/made-in"
    fi
    "$bin/python" -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r "$here/requirements/uv.txt" >&2
    certificates=${SSL_CERT_FILE:-${PIP_CERT:-}}
    [ -z "$certificates" ] || export SSL_CERT_FILE="$certificates"
    index=$("$bin/python" -m pip config get global.index-url 2>/dev/null || true)
    index=${UV_DEFAULT_INDEX:-${PIP_INDEX_URL:-$index}}
    [ -z "$index" ] || export UV_DEFAULT_INDEX="$index"
    uv() { "$bin/uv" pip "$@" --quiet --python "$bin/python" --system-certs >&2; }
    uv install --require-hashes --no-deps --compile-bytecode -r "$here/requirements/$1.txt"
    uv install --no-build-isolation --no-deps --editable "$here"
    rm -f "$here/.venv/compiled"
}

# Compiled bytecode and plug-in indexes: uncompiled imports cost four times as much at every start.
compile_sources() {
    [ -w "$here/.venv" ] || return 0  # somebody else's installation is used as it is
    compiled="$here/.venv/compiled"
    if [ ! -e "$compiled" ] || [ -n "$(find "$here/src" -name '*.py' -newer "$compiled" -print -quit)" ]; then
        "$here/.venv/bin/python" -m compileall -q "$here/src" >&2
        "$here/.venv/bin/python" "$here/scripts/make_index.py" >&2
        touch "$compiled"
    fi
}
