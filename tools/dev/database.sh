# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# Databases, each copied from a template in a second:
#   ecs_template_KEY      Odoo with contacts, its asset bundles made; shared by all
#                         checkouts; KEY stands for the versions it was made with
#   ecs_CHECKOUT_addon    the same plus this checkout's addon; made again when the
#                         addon's files change
#   ecs_CHECKOUT_dev      the one ./dev odoo works on
#   ecs_CHECKOUT_PURPOSE_PID  of one run; dropped at its end, or by a later call
#                         when the run was killed

ADDON=exchange_contact_sync
TEMPLATE_MODULES=contacts

run_sql() { psql -X -q -v ON_ERROR_STOP=1 -d postgres -At -c "$1"; }

database_exists() { [ "$(run_sql "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]; }

drop_database() {
    dropdb --if-exists --force "$1" 2>/dev/null || true
    rm -rf "${CACHE:?}/data/filestore/$1"
}

rename_database() {
    drop_database "$2"
    run_sql "ALTER DATABASE \"$1\" RENAME TO \"$2\""
    [ ! -d "$CACHE/data/filestore/$1" ] ||
        mv "$CACHE/data/filestore/$1" "$CACHE/data/filestore/$2"
}

# Files in a filestore never change, so the copy may share them.
copy_database() {
    createdb -T "$1" "$2"
    rm -rf "${CACHE:?}/data/filestore/$2"
    [ ! -d "$CACHE/data/filestore/$1" ] ||
        cp -al "$CACHE/data/filestore/$1" "$CACHE/data/filestore/$2"
}

# Only Odoo's own addons: the template must not know any checkout's.
build_template() {
    local building=$1_building options=(--addons-path "$ODOO_ADDONS" --no-http)
    drop_database "$building"
    python -m odoo -d "$building" -i "$TEMPLATE_MODULES" --stop-after-init \
        --max-cron-threads=0 "${options[@]}"
    python -m odoo shell -d "$building" "${options[@]}" <<'PYTHON'
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
PYTHON
    rename_database "$building" "$1"
    touch "$CACHE/data/filestore/$1/.complete"
}

template_complete() {
    [ -e "$CACHE/data/filestore/$1/.complete" ] && database_exists "$1"
}

make_template() {
    template_complete "$1" || logged template "Odoo database (a minute)" build_template "$1"
}

ensure_template() {
    TEMPLATE=ecs_template_$(printf '%s %s %s' "$ODOO_VERSION" "$PGMAJOR" \
        "$TEMPLATE_MODULES" | short_hash)
    template_complete "$TEMPLATE" || locked template make_template "$TEMPLATE"
}

# addon_digest: of every file that an installation reads. The rooms left out hold
# no model and no data, which ./dev lint makes sure of.
addon_digest() {
    (cd "$ROOT/$ADDON" && find . -type f -not -name '*.py[co]' \
        -not -path './core/*' -not -path './engine/*' \
        -not -path './outlook/*' -not -path './ews/*' \
        -not -path './readme/*' -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum) | short_hash
}

build_addon_database() {
    local building=${1}_building stamp=$3
    drop_database "$building"
    copy_database "$2" "$building"
    python -m odoo -d "$building" -i "$ADDON" --stop-after-init \
        --max-cron-threads=0 --no-http 2>&1 | tee "$CACHE/run/$CHECKOUT/install.log"
    # An installation that warns (a broken view, a missing access rule) has failed.
    if grep -E '^[-0-9]+ [:,0-9]+ [0-9]+ (WARNING|ERROR|CRITICAL) ' \
        "$CACHE/run/$CHECKOUT/install.log"; then
        return 1
    fi
    rename_database "$building" "$1"
    # A new file: copies of a file store share their files with the original.
    rm -f "$CACHE/data/filestore/$1/.complete"
    printf '%s\n' "$stamp" >"$CACHE/data/filestore/$1/.complete"
}

addon_database_complete() {
    [ "$(cat "$CACHE/data/filestore/$1/.complete" 2>/dev/null)" = "$2" ] &&
        database_exists "$1"
}

make_addon_database() {
    addon_database_complete "$1" "$3" ||
        logged "addon-$CHECKOUT" "The addon's database" build_addon_database "$@"
}

# ensure_addon_database sets ADDON_DATABASE.
ensure_addon_database() {
    local stamp
    [ -e "$ROOT/$ADDON/__manifest__.py" ] || die "there is no addon in $ROOT"
    ensure_template
    ADDON_DATABASE=${EXCHANGE_CONTACT_SYNC_DB}_addon
    stamp="$TEMPLATE $(addon_digest)"
    addon_database_complete "$ADDON_DATABASE" "$stamp" ||
        locked "addon-$CHECKOUT" \
            make_addon_database "$ADDON_DATABASE" "$TEMPLATE" "$stamp"
}

# Databases of runs of this checkout that are no more.
drop_leftovers() {
    local name pid
    for name in $(run_sql "SELECT datname FROM pg_database
            WHERE datname ~ '^${EXCHANGE_CONTACT_SYNC_DB}_[a-z0-9]+_[0-9]+$'"); do
        pid=${name##*_}
        kill -0 "$pid" 2>/dev/null || drop_database "$name"
    done
}

# new_database PURPOSE: a copy for this run alone; its name is in DATABASE.
new_database() {
    ensure_addon_database
    drop_leftovers
    export EXCHANGE_CONTACT_SYNC_TEMPLATE=$ADDON_DATABASE
    DATABASE=${EXCHANGE_CONTACT_SYNC_DB}_$1_$$
    drop_database "$DATABASE"
    # Copying locks the template: two runs of one checkout take turns.
    locked "addon-$CHECKOUT" copy_database "$ADDON_DATABASE" "$DATABASE"
}

# Every database that new_database made in this process.
drop_run_databases() {
    local name
    for name in $(run_sql "SELECT datname FROM pg_database
            WHERE datname ~ '^${EXCHANGE_CONTACT_SYNC_DB}_[a-z0-9]+_$$\$'"); do
        drop_database "$name"
    done
}
