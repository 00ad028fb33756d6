"""The web application, as granian loads it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from zhike.site.clerks import Clerks
from zhike.site.processes import follow_parent, when_stopping


def _end_streams() -> None:
    from zhike.trail.notices.streaming import hub  # Django is set up by now

    hub.close()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.site.settings")
application = Clerks(get_wsgi_application(), settings.ZHIKE_WEB_THREADS)
when_stopping(_end_streams)
follow_parent()
