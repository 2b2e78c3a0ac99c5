"""`python -m decroche …`: the same commands as `./decroche …`, without making the environment first."""

import sys

from decroche.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
