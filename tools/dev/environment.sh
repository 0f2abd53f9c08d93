# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# Puts the parts together and exports what dev's header promises.

CHECKOUT=$(printf '%s' "$ROOT" | short_hash)

# What the simulator and tests without Odoo need.
prepare_tools() {
    ensure_system
    ensure_python
    ensure_schemas
    export EXCHANGE_CONTACT_SYNC_CACHE=$CACHE EXCHANGE_CONTACT_SYNC_ROOT=$ROOT
    export EXCHANGE_CONTACT_SYNC_DB=ecs_$CHECKOUT EXCHANGE_SCHEMAS
    export VIRTUAL_ENV=$VENV PATH=$VENV/bin:$PATH PYTHONPATH=$ROOT/tests
    # A user's own settings must not change what runs here.
    unset PYTHONHOME PGDATABASE PGPASSWORD PGSERVICE PGSSLMODE
}

# All of it: with Odoo and a running PostgreSQL.
prepare() {
    prepare_tools
    ensure_odoo
    ensure_postgres
    export ODOO_VERSION ODOO_ADDONS PGHOST PGPORT PGUSER
    export PATH=$VENV/bin:$PGBIN:$PATH PYTHONPATH=$ODOO_PYTHON:$ROOT/tests
    write_odoo_rc
}

# One odoo.conf a checkout, replaced in one step because others may be reading.
write_odoo_rc() {
    export ODOO_RC=$CACHE/run/$CHECKOUT/odoo.conf
    mkdir -p "$CACHE/run/$CHECKOUT" "$CACHE/data"
    cat >"$ODOO_RC.$$" <<CONF
[options]
addons_path = $ODOO_ADDONS,$ROOT
data_dir = $CACHE/data
db_host = $PGHOST
db_port = $PGPORT
db_user = $PGUSER
http_interface = 127.0.0.1
without_demo = True
CONF
    mv "$ODOO_RC.$$" "$ODOO_RC"
}

dev_odoo() {
    prepare
    exec python -m odoo "$@"
}
