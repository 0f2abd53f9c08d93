# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# A private PostgreSQL cluster, shared by all checkouts that share the cache. It
# listens on a socket of its own and on no network port, so nothing can collide.
#
# PostgreSQL refuses to run as root. Then the user "postgres" of Debian's package
# runs it, in a folder which that user can reach when the cache is in root's home.
#
# Each call of ./dev that uses the cluster holds a shared lock (descriptor 8) for
# as long as it or its programs live; ./dev stop leaves a cluster in use alone.

PGUSER=odoo
PGPORT=5432 # only names the socket

find_postgres() {
    local bin
    bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    [ -x "$bin/initdb" ] || die "no PostgreSQL server in /usr/lib/postgresql"
    PGBIN=$bin
    PGMAJOR=$(basename "$(dirname "$bin")")
}

# as_postgres COMMAND…
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

locate_cluster() {
    local base=$CACHE hash
    hash=$(printf '%s' "$CACHE" | short_hash)
    if [ "$(id -u)" -eq 0 ] && ! as_postgres test -x "$CACHE" 2>/dev/null; then
        base=/var/cache/exchange_contact_sync/$hash
    fi
    CLUSTER=$base/postgres/$PGMAJOR
    PGHOST=$CLUSTER/socket
    # The path of a socket may have 107 bytes.
    [ ${#PGHOST} -le 85 ] || PGHOST=/tmp/exchange_contact_sync-$hash
}

cluster_settings() {
    cat <<SETTINGS
listen_addresses = ''
port = $PGPORT
unix_socket_directories = '$PGHOST'
max_connections = 400
shared_buffers = 256MB
# Every database here can be made again: speed over surviving a power cut.
fsync = off
full_page_writes = off
synchronous_commit = off
max_wal_size = 2GB
SETTINGS
}

create_cluster() {
    local building=$CLUSTER.building
    rm -rf "$building"
    mkdir -p "$building"
    [ "$(id -u)" -ne 0 ] || chown postgres: "$building"
    as_postgres "$PGBIN/initdb" -D "$building/data" -U "$PGUSER" -A trust \
        --encoding=UTF8 --locale=C.UTF-8
    mv "$building" "$CLUSTER"
}

make_cluster() {
    [ -d "$CLUSTER/data" ] || logged initdb "PostgreSQL cluster" create_cluster
    mkdir -p "$PGHOST"
    chmod 700 "$PGHOST"
    [ "$(id -u)" -ne 0 ] || chown postgres: "$PGHOST"
    cluster_settings >"$CLUSTER/data/conf.tmp"
    [ "$(id -u)" -ne 0 ] || chown postgres: "$CLUSTER/data/conf.tmp"
    mv "$CLUSTER/data/conf.tmp" "$CLUSTER/data/postgresql.auto.conf"
}

postgres_answers() { "$PGBIN/pg_isready" -q -h "$PGHOST" -p "$PGPORT"; }

# pg_ctl waits until the server answers; a stale postmaster.pid it clears itself.
launch_postgres() {
    as_postgres "$PGBIN/pg_ctl" -D "$CLUSTER/data" -l "$CLUSTER/data/server.log" \
        -t 120 -w start 8>&- 9>&-
}

start_cluster() {
    if postgres_answers; then return; fi
    make_cluster
    logged postgres "PostgreSQL $PGMAJOR starts" launch_postgres
}

ensure_postgres() {
    find_postgres
    locate_cluster
    exec 8>"$CACHE/locks/postgres-users"
    flock -s 8
    postgres_answers || locked postgres start_cluster
}

stop_postgres() {
    find_postgres
    locate_cluster
    exec 8>"$CACHE/locks/postgres-users"
    if ! postgres_answers; then
        say "PostgreSQL is not running."
    elif ! flock -n -x 8; then
        say "PostgreSQL is in use by another call of ./dev and keeps running."
    else
        logged postgres "PostgreSQL stops" as_postgres "$PGBIN/pg_ctl" \
            -D "$CLUSTER/data" -m fast -w stop
    fi
}
