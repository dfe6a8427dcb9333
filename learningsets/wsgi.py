"""The WSGI entry point that the web server loads."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningsets.settings")

application = get_wsgi_application()
for name in settings.WHEN_SERVING:
    import_string(name)()
