"""The settings under test: the installation's own, in a folder that is thrown away.

`DATABASE_URL` chooses the database, as it does in production; without it SQLite is used, as a
file (not in memory), because the box rests on what SQLite leaves on disk.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_scratch = tempfile.mkdtemp(prefix="learning-sets-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)
os.environ["DATA_DIR"] = _scratch
for _name in ("BOX_KEY_DIR", "STATIC_ROOT", "REDIS_URL", "EMAIL_URL", "SITE_URL"):
    os.environ.pop(_name, None)

from learningsets.settings import *  # noqa: E402, F403
from learningsets.settings import DATABASES, EMBEDDED, STORAGES  # noqa: E402

if EMBEDDED:
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_scratch) / "test.sqlite3")}

# Pages are tested without a collected folder of static files; the service tests use the collected one.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
