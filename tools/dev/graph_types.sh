# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# Microsoft's own description of the types of Graph v1.0, as npm has it: the simulator
# is held to it. Only that one file is kept.

GRAPH_TYPES_PACKAGE=@microsoft/microsoft-graph-types
GRAPH_TYPES_VERSION=2.43.1

build_graph_types() {
    local work=$CACHE/schemas/graph-building target=$1
    rm -rf "$work"
    mkdir -p "$work/types"
    (cd "$work" && npm pack --silent "$GRAPH_TYPES_PACKAGE@$GRAPH_TYPES_VERSION")
    tar -xzf "$work"/*.tgz -C "$work/types" --strip-components=1 --no-same-owner \
        package/microsoft-graph.d.ts package/LICENSE
    mv "$work/types" "$target"
    rm -rf "$work"
}

make_graph_types() {
    [ ! -d "$1" ] || return 0
    logged graph-types "types of Microsoft Graph" build_graph_types "$1"
}

ensure_graph_types() {
    local packages
    GRAPH_TYPES=$CACHE/schemas/graph-$GRAPH_TYPES_VERSION
    [ ! -d "$GRAPH_TYPES" ] || return 0
    mapfile -t packages < <(node_packages)
    ensure_packages "${packages[@]}"
    locked schemas make_graph_types "$GRAPH_TYPES"
}
