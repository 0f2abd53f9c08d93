# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# ./dev test: each kind of tests is one run of pytest on its folders. A run leaves a
# JUnit report; the closing line adds those up.

# In the order in which they begin (run_waiting): one that needs no Odoo, while Odoo and
# its databases are made, then what takes longest; the parts of "integration" see below.
ALL_KINDS=(
    unit integration4 browser integration3 integration1 integration2
    security contract simulator
)
# Long ones, only on demand as a kind of their own: run by nobody unless named.
declare -A KIND_FOLDER=(
    [unit]=tests/unit [simulator]=tests/exchange_server/tests [contract]=tests/contract
    # The ports of Odoo's side: on fakes as "contract", on a database as "integration".
    [integration]="tests/integration tests/contract/storage tests/contract/partner"
    [browser]=tests/browser [security]=tests/security
    [clients]=tests/exchange_server/clients
    [machine]=tests/robustness/machine [interruptions]=tests/robustness/interruptions
    [mutants]=tests/robustness/mutants [faults]=tests/robustness/faults
    [fuzz]=tests/robustness/fuzz [upgrades]=tests/robustness/upgrades
    [apps]=tests/robustness/apps [pins]=tests/robustness/pins
)

# The areas of the integration tests in parts, so that two cores share them when all
# tests run.
PARTS=4
AREAS=("$ROOT"/tests/integration/[!_]*/)
AREAS=("${AREAS[@]#"$ROOT/"}")
for index in "${!AREAS[@]}"; do
    KIND_FOLDER[integration$((index % PARTS + 1))]+=" ${AREAS[index]}"
done
KIND_FOLDER[integration1]+=" tests/contract/storage tests/contract/partner"

# In the tests' own process. The browser's, security, upgrade and apps tests start Odoo
# instead: inside, Odoo limits the memory of its process, and with it that of Chromium.
# Each mutant is another addon, for processes of its own.
needs_odoo_inside() {
    needs_odoo "$1" && [[ ! $1 =~ ^(browser|security|upgrades|apps|mutants)$ ]]
}

needs_odoo() { [[ ! $1 =~ ^(unit|simulator|contract|clients|fuzz|pins)$ ]]; }

has_tests() {
    local folder
    for folder in ${KIND_FOLDER[$1]}; do
        [ -z "$(find "$ROOT/$folder" -name 'test_*.py' -print -quit 2>/dev/null)" ] ||
            return 0
    done
    return 1
}

# names_tests ARGUMENT…: whether one of pytest's arguments is a file or folder.
names_tests() {
    local argument
    for argument in "$@"; do [ ! -e "${argument%%::*}" ] || return 0; done
    return 1
}

# run_kind KIND PYTEST-ARGUMENT…
run_kind() {
    local kind=$1 options=()
    shift
    say "== $kind"
    if needs_odoo "$kind"; then prepare; fi
    if needs_odoo_inside "$kind"; then
        new_database "$kind"
        options+=(-p odoo --odoo-http "--odoo-database=$DATABASE"
            --odoo-log-level=error)
    elif [[ $kind =~ ^(upgrades|apps)$ ]]; then
        # Each test installs the addon itself: a version of it, or beside apps.
        ensure_template
        drop_leftovers
        export EXCHANGE_CONTACT_SYNC_TEMPLATE=$TEMPLATE
    elif needs_odoo "$kind"; then
        ensure_addon_database
        drop_leftovers
        export EXCHANGE_CONTACT_SYNC_TEMPLATE=$ADDON_DATABASE
        export EXCHANGE_CONTACT_SYNC_WITHOUT_ADDON=$TEMPLATE
    fi
    # shellcheck disable=SC2206
    names_tests "$@" || options+=(${KIND_FOLDER[$kind]})
    (cd "$ROOT" && python -m pytest -q "--junitxml=$REPORTS/$kind.xml" \
        "${options[@]}" "$@")
}

# run_waiting PYTEST-ARGUMENT…: run kinds one after the other, whatever becomes of each,
# until none waits. Such rows side by side share the work evenly.
run_waiting() {
    local kind status failed=0
    while kind=$(next_kind); do
        # A kind that cannot even start must not end the others.
        attempt run_kind "$kind" "$@"
        [ "$status" -eq 0 ] || failed=1
    done
    return "$failed"
}

# next_kind: take the first kind that waits; fails when there is none.
next_kind() {
    (
        flock 9
        [ -s "$REPORTS/waiting" ] || exit 1
        head -n 1 "$REPORTS/waiting"
        sed -i 1d "$REPORTS/waiting"
    ) 9>"$REPORTS/waiting.lock"
}

# Reports and databases of this run, removed when it ends.
clean_up_tests() {
    [ "${#BESIDE[@]}" -eq 0 ] || kill "${BESIDE[@]}" 2>/dev/null || true
    rm -rf "$REPORTS"
    # Without "if" its "no" would become the exit status of the whole script.
    if needs_postgres "${KINDS[@]}"; then drop_run_databases; fi
}

needs_postgres() {
    local kind
    for kind in "$@"; do ! needs_odoo "$kind" || return 0; done
    return 1
}

# run_beside PYTEST-ARGUMENT…: start all rows but the first one.
run_beside() {
    local row
    say "== $ROWS rows side by side; what the others say comes at the end"
    for row in $(seq 2 "$ROWS"); do
        run_waiting "$@" >"$REPORTS/row$row" 2>&1 &
        BESIDE+=("$!")
    done
}

# When all tests run, they run in rows side by side: one more than the cores that are
# needed, because each row waits for PostgreSQL and one of them for a browser.
ROWS=3

dev_test() {
    local kind row failed=0 started=()
    KINDS=("${ALL_KINDS[@]}") BESIDE=()
    if [ -n "${1:-}" ] && [ -n "${KIND_FOLDER[$1]:-}" ]; then
        KINDS=("$1")
        shift
    fi
    prepare_tools
    if [ "${KINDS[*]}" = clients ]; then ensure_clients; fi
    REPORTS=$(mktemp -d)
    trap clean_up_tests EXIT
    for kind in "${KINDS[@]}"; do
        if has_tests "$kind"; then
            started+=("$kind")
            printf '%s\n' "$kind" >>"$REPORTS/waiting"
        else
            say "== $kind: there are no tests yet"
        fi
    done
    [ "${#started[@]}" -le 1 ] || run_beside "$@"
    if needs_postgres "${KINDS[@]}"; then prepare; fi
    run_waiting "$@" || failed=1
    for row in "${BESIDE[@]}"; do wait "$row" || failed=1; done
    [ "${#BESIDE[@]}" -eq 0 ] || cat "$REPORTS"/row*
    BESIDE=()
    python "$ROOT/tools/summary.py" "$REPORTS" "${started[@]}" || failed=1
    return "$failed"
}
