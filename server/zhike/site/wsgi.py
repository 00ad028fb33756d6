"""The web application, as granian loads it."""

import os

from django.core.wsgi import get_wsgi_application

from zhike.site.processes import follow_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.site.settings")
application = get_wsgi_application()
follow_parent()
