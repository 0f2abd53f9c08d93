# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The commands that run a Python program kept in tests/ or tools/.

# on_fresh_database MODULE ARGUMENT…: become that module of tests/ or tools/, with a new
# database of the addon named in EXCHANGE_CONTACT_SYNC_DATABASE. The database bears
# the process id, so a later call of ./dev sees when nobody needs it and drops it.
on_fresh_database() {
    local module=$1 path=${1//.//} found
    shift
    found=$(cd "$ROOT" && ls {tests,tools}/"$path"{.py,/__main__.py} 2>/dev/null) || true
    [ -n "$found" ] || die "there is no $path in tests/ or tools/"
    prepare
    PYTHONPATH+=:$ROOT/tools
    new_database "${module##*.}"
    export EXCHANGE_CONTACT_SYNC_DATABASE=$DATABASE
    serving python -m "$module" "$@"
}

dev_stop() {
    stop_serving
    find_postgres
    locate_cluster
    export PGHOST PGPORT PGUSER EXCHANGE_CONTACT_SYNC_DB=ecs_$CHECKOUT
    export PATH=$PGBIN:$PATH
    ! postgres_answers || drop_leftovers
    stop_postgres
}
