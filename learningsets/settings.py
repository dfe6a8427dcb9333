"""Settings, read from the environment.

Without any variable set this is the *embedded* configuration: SQLite, Celery on the
in-memory broker inside the one process, mail to the console and a folder, everything
kept below `var/`. With `DATABASE_URL` and `REDIS_URL` set it is the deployed one.
`docs/deployment.md` lists every variable.
"""

import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

from learningsets.caching import keep_no_script

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

# Keys of open boxes. No backup may read this folder (docs/deployment.md says how to leave it out).
BOX_KEY_DIR = Path(env("BOX_KEY_DIR", default=str(DATA_DIR / "keys")))

EMBEDDED = "DATABASE_URL" not in env


def _embedded_secret_key() -> str:
    """A secret key of this installation's own, made at the first start and kept beside the data."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = env("SECRET_KEY", default="") or (_embedded_secret_key() if EMBEDDED else env("SECRET_KEY"))
DEBUG = env.bool("DEBUG", default=False)
PORT = env.int("PORT", default=8000)
SITE_URL = env("SITE_URL", default=f"http://localhost:{PORT}")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "learningsets.apps.LearningsetsConfig",
    "sessions",
    "challenges",
    "reports",
    "learningsets.apps.AccountsConfig",  # django.contrib.auth
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "learningsets.caching.keep_nothing",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "learningsets.caching.date_no_cookie_again",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # every page, but those marked `login_not_required`
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "learningsets.not_allowed.say_so",
]

ROOT_URLCONF = "learningsets.urls"
WSGI_APPLICATION = "learningsets.wsgi.application"
WHEN_SERVING = ("reports.turns.begin",)  # called once in each process that serves pages
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Data -------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # secure_delete overwrites what is deleted: the box (docs/anonymity.md) rests on it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "KEY_FUNCTION": "learningsets.session_store.cache_key",
    }
}

# --- Work in the background ---------------------------------------------------

REDIS_URL = env("REDIS_URL", default="")
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_BROKER_TRANSPORT = "learningsets.redis_transport:Transport" if REDIS_URL else None
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 120
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for as long as Redis is away
CELERY_BROKER_TRANSPORT_OPTIONS = (
    # Publishing tries once and gives up within a second: the row waits for the sweep. (Without max_retries kombu goes
    # on trying for six seconds, whatever the task's own retry says.)
    {"visibility_timeout": 300, "socket_timeout": 0.3, "socket_connect_timeout": 0.3, "max_retries": 0}
    if REDIS_URL
    else {"polling_interval": 0.05}
)
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = "learningsets"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "reports.sweep": {"task": "reports.tasks.sweep", "schedule": timedelta(seconds=5)},
    "challenges.announce_due": {
        "task": "challenges.tasks.announce_due",
        "schedule": timedelta(seconds=30),
    },
    "challenges.tip_due": {
        "task": "challenges.tasks.tip_due",
        "schedule": timedelta(seconds=30),
    },
    "challenges.write_aim_bands": {
        "task": "challenges.tasks.write_aim_bands",
        "schedule": timedelta(hours=1),
    },
    "meetings.tell_newcomers": {
        "task": "sessions.tasks.tell_newcomers",
        "schedule": timedelta(seconds=60),
    },
    "meetings.write_attendance_bands": {
        "task": "sessions.tasks.write_attendance_bands",
        "schedule": timedelta(hours=1),
    },
    "meetings.forget_reasons": {
        "task": "sessions.tasks.forget_reasons",
        "schedule": timedelta(hours=1),
    },
    "meetings.remind": {
        "task": "sessions.tasks.remind",
        "schedule": timedelta(seconds=60),
    },
    "reports.tip_due": {
        "task": "reports.tasks.tip_due",
        "schedule": timedelta(seconds=30),
    },
    "reports.look_again": {
        "task": "reports.tasks.look_again",
        "schedule": timedelta(minutes=5),
    },
    "learningsets.send_letters": {
        "task": "learningsets.tasks.send_letters",
        "schedule": timedelta(seconds=20),
    },
    "learningsets.purge": {
        "task": "learningsets.tasks.purge",
        "schedule": timedelta(hours=1),
    },
}

# --- People -------------------------------------------------------------------

AUTH_USER_MODEL = "learningsets.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "learningsets.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_SESSION_REMEMBER = True  # no tick box for it: fourteen days, see SESSION_COOKIE_AGE
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "none"
EXAMPLE_LINKS = False  # `serve` sets it when it is bound to loopback: the worked example's people then have links
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "learningsets.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

EMAIL_BACKEND = env("EMAIL_BACKEND", default="learningsets.mail.ConsoleAndFolderBackend")
EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = (
    env("DEFAULT_FROM_EMAIL", default="") or f"Learning Sets <learning-sets@{urlsplit(SITE_URL).hostname}>"
)
if EMAIL_URL := env("EMAIL_URL", default=""):
    vars().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 5
ANYMAIL = json.loads(env("ANYMAIL", default="") or "{}")  # a provider's settings, with EMAIL_BACKEND naming its backend

# A page is refused for its length by the field, in words beside it, and not by the server for its size. A review page
# asks several things of each passage.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- What the browser is told -----------------------------------------------

HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # whether the other names below this one keep to HTTPS is not ours to promise
    "security.W008",  # the proxy sends plain requests on to HTTPS
    "security.W021",  # a browser's preload list is the site owner's decision
]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ADD_HEADERS_FUNCTION = keep_no_script
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(DATA_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LANGUAGE_CODE = "en-gb"
# Only languages whose pages are translated: none calls itself Swedish over English words. Reports have their own.
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "UTC"
USE_I18N = USE_TZ = True

# --- What is written down ------------------------------------------------------

# No request line, body, query parameter, user or local variable is ever logged: only what broke, by class and place.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_request": {"()": "learningsets.logs.WithoutRequest"}},
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["no_request"],
        }
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": [], "propagate": False},
        # How many threads still run when it stops would say how many members save on the page that waits with them.
        "waitress": {"level": "ERROR"},
    },
}
