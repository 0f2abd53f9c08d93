# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The independent Exchange clients that ./dev test clients runs, each as its own
# distribution hands it out. Nobody else needs them.

# Debian's evolution-ews, the service it is a part of, and the language bindings of
# that service's address books.
EVOLUTION_PACKAGES=(
    dbus evolution-ews gir1.2-ebook-1.2 gir1.2-ebookcontacts-1.2
    gir1.2-edataserver-1.2 python3-gi
)

# Debian's DavMail. Installed, it would start a server of its own: it is unpacked
# into the cache instead, and only what it depends on is installed.
DAVMAIL_PACKAGE=davmail-server

NPM_CLIENTS=(ews-javascript-api@0.15.3 @microsoft/microsoft-graph-client@3.0.7
    @azure/identity@4.13.0)

# From PyPI, in an environment of its own: it needs other packages than Odoo.
O365=O365==2.1.10

# node_packages: what to install when there is no npm.
node_packages() {
    command -v npm >/dev/null || printf '%s\n' nodejs npm
}

# dependencies_of ARCHIVE: the packages a Debian archive needs, of alternatives the
# first, without those that only a server started with the machine needs.
dependencies_of() {
    dpkg-deb -f "$1" Depends | tr ',' '\n' |
        sed -E 's/[|(:].*//; s/ //g; /^(adduser|logrotate)$/d'
}

build_davmail() {
    local work=$CACHE/clients/davmail-building
    rm -rf "$work"
    mkdir -p "$work"
    (cd "$work" && download_package "$DAVMAIL_PACKAGE")
    dpkg-deb -x "$work"/*.deb "$work/tree"
    mv "$work"/*.deb "$work/tree/$DAVMAIL_PACKAGE.deb"
    rm -rf "${1:?}"
    mv "$work/tree" "$1"
    rm -rf "$work"
}

# The sandbox user of apt may not write into the cache of another user.
download_package() {
    local options=(-q -o "APT::Sandbox::User=$(id -un)")
    apt-get "${options[@]}" download "$1" && return 0
    as_root apt-get update || true # package lists were never fetched here
    apt-get "${options[@]}" download "$1"
}

make_davmail() {
    [ ! -d "$1" ] || return 0
    logged davmail "DavMail" build_davmail "$1"
}

# npm_folder PACKAGE: where one of NPM_CLIENTS is installed.
npm_folder() { printf '%s' "$CACHE/clients/npm/${1//\//+}"; }

build_npm_client() {
    local work=$CACHE/clients/npm-building
    rm -rf "$work"
    mkdir -p "$work" "$CACHE/clients/npm"
    npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --no-save "$1"
    mv "$work" "$(npm_folder "$1")"
}

make_npm_client() {
    [ ! -d "$(npm_folder "$1")" ] || return 0
    logged npm "$1 from npm" build_npm_client "$1"
}

ensure_npm_clients() {
    local package
    NODE_PATH=""
    for package in "${NPM_CLIENTS[@]}"; do
        [ -d "$(npm_folder "$package")" ] || locked clients make_npm_client "$package"
        NODE_PATH+=${NODE_PATH:+:}$(npm_folder "$package")/node_modules
    done
    export NODE_PATH
}

build_o365() {
    rm -rf "$1"
    "$VENV/bin/python" -m venv "$1"
    "$1/bin/python" -m pip install --no-input --progress-bar off "$O365"
    touch "$1/.complete"
}

make_o365() {
    [ ! -e "$1/.complete" ] || return 0
    logged o365 "$O365 from PyPI" build_o365 "$1"
}

# An environment is bound to the Python it was made with.
ensure_o365() {
    local folder
    folder=$CACHE/clients/$O365-$("$VENV/bin/python" -c \
        'import sys; print(sys.version, sys.base_prefix)' | short_hash)
    [ -e "$folder/.complete" ] || locked clients make_o365 "$folder"
    export O365_PYTHON=$folder/bin/python
}

ensure_clients() {
    local packages
    DAVMAIL=$CACHE/clients/davmail
    mkdir -p "$CACHE/clients"
    [ -d "$DAVMAIL" ] || locked clients make_davmail "$DAVMAIL"
    mapfile -t packages < <(
        node_packages
        dependencies_of "$DAVMAIL/$DAVMAIL_PACKAGE.deb"
    )
    ensure_packages "${EVOLUTION_PACKAGES[@]}" "${packages[@]}"
    ensure_npm_clients
    ensure_o365
    export DAVMAIL_JAR=$DAVMAIL/usr/share/davmail/davmail.jar
    say "· DavMail $(dpkg-deb -f "$DAVMAIL/$DAVMAIL_PACKAGE.deb" Version)," \
        "evolution-ews $(dpkg-query -W -f '${Version}' evolution-ews)," \
        "${NPM_CLIENTS[*]} $O365"
}
