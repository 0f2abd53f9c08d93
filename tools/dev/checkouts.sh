# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# What belongs to one checkout: its development database, the programs it serves,
# and the tidying up after checkouts that were deleted.

# ensure_dev_database: made once, then kept; updated when the addon changed.
ensure_dev_database() {
    DATABASE=${EXCHANGE_CONTACT_SYNC_DB}_dev
    locked "dev-$CHECKOUT" make_dev_database "$DATABASE"
}

make_dev_database() {
    local stamp=$CACHE/data/filestore/$1/.addon digest
    digest=$(addon_digest)
    if ! database_exists "$1"; then
        ensure_addon_database
        copy_database "$ADDON_DATABASE" "$1"
    elif [ "$(cat "$stamp" 2>/dev/null)" != "$digest" ]; then
        logged "dev-$CHECKOUT" "The addon is updated in $1" python -m odoo -d "$1" \
            -u "$ADDON" --stop-after-init --max-cron-threads=0 --no-http
    fi
    printf '%s\n' "$digest" >"$stamp"
}

# serving COMMAND…: become the command, known to ./dev stop by its process id.
serving() {
    mkdir -p "$CACHE/run/$CHECKOUT/serving"
    : >"$CACHE/run/$CHECKOUT/serving/$$"
    exec "$@"
}

# A process id may have been given to another program since: look whether it is ours.
is_ours() {
    tr '\0' '\n' 2>/dev/null <"/proc/$1/environ" |
        grep -qxF "EXCHANGE_CONTACT_SYNC_ROOT=$ROOT"
}

stop_serving() {
    local file pid
    for file in "$CACHE/run/$CHECKOUT/serving"/*; do
        [ -e "$file" ] || continue
        pid=$(basename "$file")
        if is_ours "$pid"; then
            say "· stopping $(tr '\0' ' ' <"/proc/$pid/cmdline")"
            kill "$pid" && wait_gone "$pid"
        fi
        rm -f "$file"
    done
}

wait_gone() {
    local tenths=0
    while [ -e "/proc/$1" ] && [ $((tenths += 1)) -le 100 ]; do sleep 0.1; done
}

# Databases of checkouts whose folder no longer exists.
forget_gone_checkouts() {
    local folder name path new=$CACHE/run/$CHECKOUT/path.$BASHPID
    # In one step: for others, a checkout with an empty path would be gone.
    printf '%s\n' "$ROOT" >"$new"
    mv "$new" "$CACHE/run/$CHECKOUT/path"
    for folder in "$CACHE/run"/*; do
        path=$(cat "$folder/path" 2>/dev/null) || continue
        if [ -z "$path" ] || [ -d "$path" ]; then continue; fi
        for name in $(run_sql "SELECT datname FROM pg_database
                WHERE datname LIKE 'ecs\\_$(basename "$folder")\\_%'"); do
            drop_database "$name"
        done
        rm -rf "${CACHE:?}/bytecode$path" "$folder"
    done
}

# First free port from the given one on.
free_port() {
    local port=$1
    while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    printf '%s\n' "$port"
}
