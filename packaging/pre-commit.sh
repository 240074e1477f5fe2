#!/usr/bin/env bash
# Run reconcile as a hook of pre-commit. The first run installs it into pre-commit's clone of this repository.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tool=$source/.pre-commit-tool
if [ ! -f "$tool/installed" ]; then
  "$source/packaging/install.sh" "$tool" >&2
  touch "$tool/installed"
fi
exec "$tool/bin/reconcile" "$@"
