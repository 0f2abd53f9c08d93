# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# ./dev lint: the checks run side by side, then the failed ones are named.

# check NAME COMMAND…: begin a check.
check() {
    local name=$1
    shift
    CHECKS+=("$name")
    "$@" >"$REPORTS/${#CHECKS[@]}" 2>&1 &
    CHECKING+=("$!")
}

# report_checks: wait for all; quiet when all is well.
report_checks() {
    local index failed=()
    for index in "${!CHECKS[@]}"; do
        if wait "${CHECKING[index]}"; then
            say "✓ ${CHECKS[index]}"
        else
            say "✗ ${CHECKS[index]}" "$(cat "$REPORTS/$((index + 1))")"
            failed+=("${CHECKS[index]}")
        fi
    done
    [ ${#failed[@]} -eq 0 ] || die "not clean: ${failed[*]}"
}

# In this order: pylint applies them one after the other. The README is the
# repository's, and this is not an addon of the association pylint-odoo comes from.
odoo_conventions() {
    pylint --disable=all --enable=odoolint \
        --disable=missing-readme,manifest-required-author "$ADDON"
}

# The rooms that use Odoo and hold no models: a method may be called "create" or "read"
# there, as its port calls it, without a method of a model to call in turn.
odoo_conventions_beside_models() {
    pylint --disable=all --enable=odoolint --ignore-paths="^$" \
        --disable=missing-readme,manifest-required-author,method-required-super \
        "$ADDON/partner" "$ADDON/storage" "$ADDON/use_cases"
}

shell_scripts() { printf '%s\n' dev .ci/run tools/dev/*.sh; }

dev_lint() {
    cd "$ROOT" || exit
    CHECKS=() CHECKING=()
    REPORTS=$(mktemp -d)
    trap 'rm -rf "$REPORTS"' EXIT
    check "format (./dev format corrects it)" ruff format --check --output-format=concise .
    check "code" ruff check --output-format=concise .
    check "types" mypy --cache-dir "$CACHE/run/$CHECKOUT/mypy" --no-error-summary
    check "imports run one way" env PYTHONPATH=tools lint-imports --no-cache --no-logo
    check "Odoo's conventions" odoo_conventions
    check "Odoo's conventions beside the models" odoo_conventions_beside_models
    # shellcheck disable=SC2046
    check "shell scripts" shellcheck -s bash -x $(shell_scripts)
    check "house rules" env PYTHONPATH=tools python -m lint.house_rules
    report_checks
}

dev_format() {
    cd "$ROOT" || exit
    ruff check --fix-only -q .
    ruff format -q .
}
