# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# Puts the parts together and exports what dev's header promises.

CHECKOUT=$(printf '%s' "$ROOT" | short_hash)

# What the simulator and tests without Odoo need.
prepare_tools() {
    ensure_system
    ensure_python
    ensure_schemas
    ensure_graph_types
    export EXCHANGE_CONTACT_SYNC_CACHE=$CACHE EXCHANGE_CONTACT_SYNC_ROOT=$ROOT
    export EXCHANGE_CONTACT_SYNC_DB=ecs_$CHECKOUT EXCHANGE_SCHEMAS GRAPH_TYPES
    export VIRTUAL_ENV=$VENV PATH=$VENV/bin:$PATH PYTHONPATH=$ROOT/tests
    # Without bytecode each start of Odoo compiles all of it anew.
    export PYTHONPYCACHEPREFIX=$CACHE/bytecode
    # A user's own settings must not change what runs here.
    unset PYTHONHOME PYTHONDONTWRITEBYTECODE PGDATABASE PGPASSWORD PGSERVICE PGSSLMODE
}

# All of it: with Odoo and a running PostgreSQL.
prepare() {
    prepare_tools
    ensure_odoo
    ensure_postgres
    export ODOO_VERSION ODOO_ADDONS PGHOST PGPORT PGUSER
    export PATH=$VENV/bin:$PGBIN:$PATH PYTHONPATH=$ODOO_PYTHON:$ROOT/tests
    write_odoo_rc
    forget_gone_checkouts
}

# One odoo.conf a checkout, replaced in one step because others may be reading. Rows of
# tests prepare at the same time, and $$ is the same in each of them.
write_odoo_rc() {
    export ODOO_RC=$CACHE/run/$CHECKOUT/odoo.conf
    local new=$ODOO_RC.$BASHPID
    mkdir -p "$CACHE/run/$CHECKOUT" "$CACHE/data"
    cat >"$new" <<CONF
[options]
addons_path = $ODOO_ADDONS,$ROOT
data_dir = $CACHE/data
db_host = $PGHOST
db_port = $PGPORT
db_user = $PGUSER
http_interface = 127.0.0.1
with_demo = False
screenshots = $LOGS/browser
CONF
    mv "$new" "$ODOO_RC"
}

# gives OPTION… -- ARGUMENT…: whether one of the options is among the arguments.
gives() {
    local options=() argument option
    while [ "$1" != -- ]; do options+=("$1") && shift; done
    for argument in "$@"; do
        for option in "${options[@]}"; do
            [[ $argument != "$option" && $argument != "$option="* ]] || return 0
        done
    done
    return 1
}

# Odoo's command line. The commands that work on a database get this checkout's
# own unless one is named; the server gets a free port unless one is named.
dev_odoo() {
    local command=server options=()
    if [[ ${1:-} =~ ^[a-z] ]]; then
        command=$1
        shift
    elif gives --version --help -h -- "$@"; then
        prepare
        exec python -m odoo "$@"
    fi
    prepare
    if [[ $command =~ ^(server|shell)$ ]] && ! gives -d --database -- "$@"; then
        ensure_dev_database
        options+=(-d "$DATABASE" --db-filter "^$DATABASE\$")
    fi
    if [ "$command" = server ] && ! gives -p --http-port -- "$@"; then
        options+=(--http-port "$(free_port 8069)")
        say "Odoo: http://127.0.0.1:${options[-1]} (login admin, password admin)"
    fi
    serving python -m odoo "$command" "${options[@]}" "$@"
}
