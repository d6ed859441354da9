#!/bin/sh
# Prints the newest Python from 3.11 on that can make a virtual environment, or says what to do.
found=
for name in python3.13 python3.12 python3.11 python3; do
    command -v "$name" >/dev/null 2>&1 || continue
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
    found=$name
    if "$name" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        echo "$name"
        exit 0
    fi
done
if [ -n "$found" ]; then
    echo "$found cannot make a virtual environment: its venv or ensurepip is missing." >&2
    echo "On Debian and Ubuntu: sudo apt-get install python3-venv. Then try again." >&2
else
    echo "The store needs Python 3.11 or newer, and this machine has none that answers to python3." >&2
    echo "Get it from https://www.python.org/downloads/ or your system's packages. Then try again." >&2
fi
exit 1
