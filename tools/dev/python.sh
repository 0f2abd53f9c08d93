# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The virtual environment. Its folder is named after the Python and the
# requirements, so a changed requirement makes a new one and disturbs no run.

suits_odoo() {
    "$1" -c 'import sys, ensurepip, venv
sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

# Debian's own first: it is there on every machine ./dev is made for.
find_python() {
    local candidate candidates=(
        /usr/bin/python3 python3 python3.13 python3.12 python3.11 python3.10
    )
    [ -z "${EXCHANGE_CONTACT_SYNC_PYTHON:-}" ] ||
        candidates=("$EXCHANGE_CONTACT_SYNC_PYTHON")
    for candidate in "${candidates[@]}"; do
        if command -v "$candidate" >/dev/null && suits_odoo "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    die "no Python 3.10 to 3.13 with venv among: ${candidates[*]}"
}

REQUIREMENTS=(
    "$ROOT/requirements.txt" "$ROOT/requirements-odoo.txt" "$ROOT/requirements-dev.txt"
)

build_venv() {
    local python=$1 venv=$2 file options=()
    for file in "${REQUIREMENTS[@]}"; do options+=(-r "$file"); done
    rm -rf "$venv"
    "$python" -m venv "$venv"
    "$venv/bin/python" -m pip install --no-input --progress-bar off "${options[@]}"
    touch "$venv/.complete"
}

make_venv() {
    # Another call may have made it while this one waited for the lock.
    [ ! -e "$2/.complete" ] || return 0
    logged python "Python packages (a minute)" build_venv "$@"
}

ensure_python() {
    local python key
    python=$(find_python)
    key=$({ "$python" -c 'import sys; print(sys.version, sys.base_prefix)' &&
        cat "${REQUIREMENTS[@]}"; } | short_hash)
    VENV=$CACHE/venv/$key
    [ -e "$VENV/.complete" ] || locked python make_venv "$python" "$VENV"
}
