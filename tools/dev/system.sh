# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# Debian packages: only what is missing, by name, never asking anything.

DEBIAN_PACKAGES=(
    python3 python3-venv            # a Python with venv and pip
    postgresql                      # initdb and postgres for the private cluster
    chromium fonts-dejavu-core fonts-wqy-microhei  # browser tests; names in Chinese
    libjs-jquery libjs-jquery-form  # scripts Debian's Odoo takes from the system
    libjs-underscore
    fonts-font-awesome fonts-inconsolata fonts-roboto-unhinted
    git shellcheck                  # ./dev lint
    debian-archive-keyring ca-certificates
)

# missing_packages PACKAGE…
missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null |
            grep -q '^install ok installed$' || printf '%s\n' "$package"
    done
}

install_packages() {
    # A third-party source that fails must not stop Debian's own.
    as_root apt-get update || true
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@"
}

# ensure_packages PACKAGE…
ensure_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -eq 0 ] || locked system logged system \
        "Debian packages: ${missing[*]}" install_packages "${missing[@]}"
}

ensure_system() { ensure_packages "${DEBIAN_PACKAGES[@]}"; }
