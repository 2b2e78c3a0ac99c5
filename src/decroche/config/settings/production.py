"""`./decroche up` and `./decroche demo`."""

from decroche.config.settings.base import *  # noqa: F403
