# What the findings share. A finding says `install PACKAGE==VERSION...`, or for Node.js
# `install_node PACKAGE@VERSION...`, and then pipes what it sees into `expect`, with what was seen
# before as its argument.
set -euo pipefail

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

# Install packages in a virtual environment that ends with the script, and make its tools the first.
install() {
    "${PYTHON:-python3}" -m venv venv
    venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"
    PATH="$scratch/venv/bin:$PATH"
    export PATH
    echo "$*"
}

# Install packages of Node.js in a folder that ends with the script, and make their tools the first.
install_node() {
    if ! command -v npm > /dev/null; then
        echo "npm is missing: install Node.js 20 or later" >&2
        exit 1
    fi
    npm install --prefix "$scratch" --silent --no-audit --no-fund "$@"
    PATH="$scratch/node_modules/.bin:$PATH"
    export PATH
    echo "$*"
}

# Show what comes in, and fail if it is not what was seen before.
expect() {
    local found
    found=$(cat)
    printf '%s\n' "$found"
    if [ "$found" != "$1" ]; then
        printf '%s\n' "this has changed; it was:" "$1" >&2
        exit 1
    fi
}
