# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# Odoo 19 as Debian packages it. The package is for a newer Debian, so it is
# unpacked into the cache instead of installed, and runs on our own virtual
# environment. Whatever version is in the cache is used for good: a new one in
# Debian changes nothing until odoo/current is removed.

ODOO_PACKAGE=odoo-19
ODOO_SUITES=(sid testing)
ODOO_LANGUAGES=ru # other translations are left packed: they are 70 % of it

# The address of the Debian mirror this machine uses.
debian_mirror() {
    # shellcheck disable=SC2016  # apt's own placeholders
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' |
        sed -n 's/^Debian|Debian|//p' | head -n 1
}

# private_apt FOLDER COMMAND…: apt-get with sources, lists and cache of its own.
private_apt() {
    local folder=$1
    shift
    apt-get -q -o Dir::Etc::SourceList="$folder/sources.list" \
        -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null \
        -o Dir::State::Lists="$folder/lists" -o Dir::Cache="$folder/cache" \
        -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none \
        -o Acquire::PDiffs=false "$@"
}

download_odoo() {
    local folder=$1 mirror suite
    mirror=$(debian_mirror)
    if [ -z "$mirror" ]; then # package lists were never fetched here
        as_root apt-get update || true
        mirror=$(debian_mirror)
    fi
    [ -n "$mirror" ] || die "apt knows no Debian mirror on this machine"
    mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
    for suite in "${ODOO_SUITES[@]}"; do
        printf 'deb [signed-by=%s] %s %s main\n' \
            /usr/share/keyrings/debian-archive-keyring.gpg "$mirror" "$suite" \
            >"$folder/sources.list"
        private_apt "$folder" update || continue
        (cd "$folder" && private_apt "$folder" download "$ODOO_PACKAGE") && return 0
    done
    return 1
}

# The folder dist-packages/addons of the package repeats the modules' Python
# files without their data; only odoo/addons is whole.
unpack_odoo() {
    local archive=$1 tree=$2 share
    mkdir -p "$tree"
    dpkg-deb --fsys-tarfile "$archive" | tar -x -C "$tree" --no-same-owner \
        --wildcards --exclude='./usr/lib/python3/dist-packages/addons/*' \
        --exclude="*/i18n/[!${ODOO_LANGUAGES:0:1}]*" \
        --exclude="*/i18n/${ODOO_LANGUAGES:0:1}[!${ODOO_LANGUAGES:1:1}]*"
    for share in javascript fonts fonts-font-awesome; do
        ln -s "/usr/share/$share" "$tree/usr/share/$share"
    done
    mend_odoo "$tree/usr/lib/python3/dist-packages/odoo/addons"
}

# Debian removes this library (its sources are not free), the web client still
# asks for it and logs an error, which would fail every browser test.
mend_odoo() {
    local library=$1/mail/static/lib/selfie_segmentation
    [ -e "$library/selfie_segmentation.js" ] && return 0
    mkdir -p "$library"
    : >"$library/selfie_segmentation.js"
}

build_odoo() {
    local work=$CACHE/odoo/building archive version
    rm -rf "$work"
    mkdir -p "$work"
    download_odoo "$work"
    archive=$(find "$work" -maxdepth 1 -name "${ODOO_PACKAGE}_*.deb")
    version=$(dpkg-deb -f "$archive" Version)
    unpack_odoo "$archive" "$work/tree"
    rm -rf "${CACHE:?}/odoo/$version"
    mv "$work/tree" "$CACHE/odoo/$version"
    printf '%s\n' "$version" >"$work/current"
    mv "$work/current" "$CACHE/odoo/current"
    rm -rf "$work"
}

make_odoo() {
    [ ! -e "$CACHE/odoo/current" ] || return 0
    logged odoo "Odoo 19 (a download of 130 MB)" build_odoo
}

ensure_odoo() {
    [ -e "$CACHE/odoo/current" ] || locked odoo make_odoo
    ODOO_VERSION=$(cat "$CACHE/odoo/current")
    ODOO_PYTHON=$CACHE/odoo/$ODOO_VERSION/usr/lib/python3/dist-packages
    # shellcheck disable=SC2034  # exported by prepare
    ODOO_ADDONS=$ODOO_PYTHON/odoo/addons
}
