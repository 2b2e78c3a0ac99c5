"""The commands of `./decroche`, one module each; `decroche/cli.py` reads the command line and calls them."""
