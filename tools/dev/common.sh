# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# What every part of ./dev uses: the cache folder, messages, locks, stamps.

CACHE=${EXCHANGE_CONTACT_SYNC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/exchange_contact_sync}
mkdir -p "$CACHE/logs" "$CACHE/locks"
CACHE=$(cd "$CACHE" && pwd -P)
LOGS=$CACHE/logs

# Messages go to the standard error, so that output of tools can be piped.
say() { printf '%s\n' "$*" >&2; }

die() {
    say "dev: $*"
    exit 1
}

# logged NAME MESSAGE COMMAND…: one line for the reader, the rest in logs/NAME.log.
logged() {
    local message=$2 log=$LOGS/$1.log status
    shift 2
    say "· $message"
    attempt "$@" >"$log" 2>&1 </dev/null
    [ "$status" -eq 0 ] || {
        tail -n 25 "$log" >&2
        die "that failed: $message (all of it: $log)"
    }
}

# attempt COMMAND…: its exit status in the caller's variable "status". A subshell of
# its own and no condition, because in a condition bash goes on after failing steps.
attempt() {
    set +e
    (
        set -e
        "$@"
    )
    status=$?
    set -e
}

# locked NAME COMMAND…: calls of two checkouts at once do it one after the other.
# Commands that leave a process running close descriptor 9 for it.
locked() {
    local name=$1
    shift
    (
        flock 9
        "$@"
    ) 9>"$CACHE/locks/$name"
}

# short_hash: ten hexadecimal digits of what comes in.
short_hash() { sha256sum | cut -c1-10; }

# as_root COMMAND…: directly as root, else with sudo.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -n "$@" 2>/dev/null || sudo "$@"
    else
        die "installing Debian packages needs root or sudo: $*"
    fi
}
