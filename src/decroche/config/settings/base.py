"""What every mode shares. The environment is read by `config/env.py` alone."""

from __future__ import annotations

from psycopg.conninfo import conninfo_to_dict

from decroche.common import logs
from decroche.config.env import get_env

ENV = get_env()
LOGGING_CONFIG = None  # ours: structured lines without values
logs.configure()
_db = conninfo_to_dict(ENV.database_url)

SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = ENV.allowed_hosts
CSRF_TRUSTED_ORIGINS = ENV.origins
ROOT_URLCONF = "decroche.config.urls"
WSGI_APPLICATION = "decroche.config.wsgi.application"
APPEND_SLASH = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "axes",
    "decroche.config",
    "procrastinate.contrib.django",
    "decroche.accounts",
    "decroche.contacts",
    "decroche.campaigns",
    "decroche.campaigns.outlook",
    "decroche.campaigns.recycling",
    "decroche.telephony",
    "decroche.calls",
    "decroche.agents",
    "decroche.dispositions",
    "decroche.callbacks",
    "decroche.appointments",
    "decroche.messages",
    "decroche.ledger",
    "decroche.integrations",
    "decroche.exports",
    "decroche.privacy",
    "decroche.demo",
]
MIDDLEWARE = [
    "decroche.config.whole_requests.middleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "axes.middleware.AxesMiddleware",
    "decroche.config.api_errors.methods_in_our_shape",
]
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "decroche.accounts.login.client_ip"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the time that we said stays true
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False  # its log lines hold user names

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _db.get("dbname", "decroche"),
        "USER": _db.get("user", ""),
        "PASSWORD": _db.get("password", ""),
        "HOST": _db.get("host", ""),
        "PORT": _db.get("port", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {k: v for k, v in _db.items() if k in ("sslmode", "sslrootcert", "application_name")},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

SESSION_COOKIE_AGE = 14 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENV.is_https
CSRF_COOKIE_SECURE = ENV.is_https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Where files lie; paths below them are built from identifiers only.
UPLOADS_DIR = ENV.uploads_dir
RECORDINGS_DIR = ENV.recordings_dir
ANNOUNCEMENTS_DIR = ENV.announcements_dir
EXPORTS_DIR = ENV.exports_dir
DOCUMENTS_DIR = ENV.documents_dir

WEBHOOKS_TO_LOOPBACK = False  # only tests have a receiver on this machine
