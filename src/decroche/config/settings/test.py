"""For tests: cheap password hashes, no lock-out unless a test wants it."""

from decroche.config.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
