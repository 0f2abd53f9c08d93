# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# ./dev test: each kind of tests is one run of pytest on its folders. A run leaves a
# JUnit report; the closing line adds those up.

# Both halves of "integration", see AREAS below.
ALL_KINDS=(unit simulator contract earlier security browser later)
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

# The areas of the integration tests in two halves, so that two cores share them when all
# tests run.
AREAS=("$ROOT"/tests/integration/[!_]*/)
AREAS=("${AREAS[@]#"$ROOT/"}")
EARLIER=$((${#AREAS[@]} / 2))
KIND_FOLDER[earlier]="${AREAS[*]:0:EARLIER}"
KIND_FOLDER[later]="${AREAS[*]:EARLIER} tests/contract/storage tests/contract/partner"

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

# run_kinds KIND… -- PYTEST-ARGUMENT…: one after the other, whatever becomes of each.
run_kinds() {
    local kind status failed=0 kinds=()
    while [ "$1" != -- ]; do
        kinds+=("$1")
        shift
    done
    shift
    for kind in "${kinds[@]}"; do
        # A kind that cannot even start must not end the others.
        attempt run_kind "$kind" "$@"
        [ "$status" -eq 0 ] || failed=1
    done
    return "$failed"
}

# Reports and databases of this run, removed when it ends.
clean_up_tests() {
    if [ -n "$BESIDE" ]; then kill "$BESIDE" 2>/dev/null || true; fi
    rm -rf "$REPORTS"
    # Without "if" its "no" would become the exit status of the whole script.
    if needs_postgres "${KINDS[@]}"; then drop_run_databases; fi
}

needs_postgres() {
    local kind
    for kind in "$@"; do ! needs_odoo "$kind" || return 0; done
    return 1
}

# When all tests run, they run in two rows side by side, each with half of the work.
dev_test() {
    local kind failed=0 started=() slow=() quick=()
    KINDS=("${ALL_KINDS[@]}") BESIDE=""
    if [ -n "${1:-}" ] && [ -n "${KIND_FOLDER[$1]:-}" ]; then
        KINDS=("$1")
        shift
    fi
    if needs_postgres "${KINDS[@]}"; then prepare; else prepare_tools; fi
    if [ "${KINDS[*]}" = clients ]; then ensure_clients; fi
    REPORTS=$(mktemp -d)
    trap clean_up_tests EXIT
    for kind in "${KINDS[@]}"; do
        if ! has_tests "$kind"; then
            say "== $kind: there are no tests yet"
            continue
        fi
        started+=("$kind")
        if [[ $kind =~ ^(earlier|security|browser)$ ]] || [ "${#KINDS[@]}" -eq 1 ]; then
            slow+=("$kind")
        else
            quick+=("$kind")
        fi
    done
    if [ "${#quick[@]}" -gt 0 ]; then
        # Made once, before both sides copy it.
        if needs_postgres "${started[@]}"; then ensure_addon_database; fi
        say "== ${quick[*]}: beside the others; what they say comes at the end"
        run_kinds "${quick[@]}" -- "$@" >"$REPORTS/beside" 2>&1 &
        BESIDE=$!
    fi
    run_kinds "${slow[@]}" -- "$@" || failed=1
    if [ -n "$BESIDE" ]; then
        wait "$BESIDE" || failed=1
        BESIDE=""
        cat "$REPORTS/beside"
    fi
    python "$ROOT/tools/summary.py" "$REPORTS" "${started[@]}" || failed=1
    return "$failed"
}
