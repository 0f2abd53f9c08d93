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

NPM_CLIENT=ews-javascript-api
NPM_CLIENT_VERSION=0.15.3

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

build_npm_client() {
    local work=$CACHE/clients/npm-building
    rm -rf "$work"
    mkdir -p "$work"
    npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --no-save \
        "$NPM_CLIENT@$NPM_CLIENT_VERSION"
    mv "$work" "$1"
}

make_npm_client() {
    [ ! -d "$1" ] || return 0
    logged npm "$NPM_CLIENT from npm" build_npm_client "$1"
}

ensure_clients() {
    local packages
    DAVMAIL=$CACHE/clients/davmail
    NPM_CLIENTS=$CACHE/clients/$NPM_CLIENT-$NPM_CLIENT_VERSION
    mkdir -p "$CACHE/clients"
    [ -d "$DAVMAIL" ] || locked clients make_davmail "$DAVMAIL"
    mapfile -t packages < <(
        node_packages
        dependencies_of "$DAVMAIL/$DAVMAIL_PACKAGE.deb"
    )
    ensure_packages "${EVOLUTION_PACKAGES[@]}" "${packages[@]}"
    [ -d "$NPM_CLIENTS" ] || locked clients make_npm_client "$NPM_CLIENTS"
    export DAVMAIL_JAR=$DAVMAIL/usr/share/davmail/davmail.jar
    export NODE_PATH=$NPM_CLIENTS/node_modules
    say "· DavMail $(dpkg-deb -f "$DAVMAIL/$DAVMAIL_PACKAGE.deb" Version)," \
        "evolution-ews $(dpkg-query -W -f '${Version}' evolution-ews)," \
        "$NPM_CLIENT $NPM_CLIENT_VERSION"
}
