#!/usr/bin/env bash
# Install reconcile from this checkout into a new virtual environment, with the packages of the lock file, by their hashes.
#
# Usage: install.sh FOLDER. It creates FOLDER/venv, and FOLDER/bin with nothing but the command `reconcile`.
# Needs Python 3.11 or later with venv; PYTHON names another one than python3.
#
# `python -I`: the working directory may hold files of a pull request, and must not be searched for modules.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$1"
target=$(cd "$1" && pwd)

"${PYTHON:-python3}" -I -m venv "$target/venv"
install() { "$target/venv/bin/python" -I -m pip install --quiet --disable-pip-version-check --no-input "$@"; }
install --require-hashes --only-binary :all: --requirement "$source/requirements/embedded.txt"
# No package index is asked for the tool itself: its name may belong to somebody else there.
install --no-index --no-deps --no-build-isolation "$source"

mkdir -p "$target/bin"
ln -sf "$target/venv/bin/reconcile" "$target/bin/reconcile"
"$target/bin/reconcile" --version
