"""For a developer's own server: errors shown whole."""

from decroche.config.settings.base import *  # noqa: F403

DEBUG = True
