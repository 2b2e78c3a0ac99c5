#!/bin/sh
# Décroche's one command. Finds a Python, which makes what is missing (.venv, then whatever the command needs) and runs it:
# ./decroche demo | up | test | check | doctor
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) || exit 1
home=$root/src
[ -d "$home" ] || home=$root

for python in "$root/.venv/bin/python" python3 python3.14 python3.13 python3.12 python3.11; do
    if "$python" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" -I "$home/decroche/runtime/bootstrap.py" "$root" "$@"
    fi
done

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
en*) echo "décroche: Python 3.11 or later is missing: install it (sudo apt-get install python3 python3-venv), then run again." >&2 ;;
*) echo "décroche : Python 3.11 ou plus récent manque : installez-le (sudo apt-get install python3 python3-venv), puis relancez." >&2 ;;
esac
exit 1
