"""The web process's entry."""

import os

from django.core.wsgi import get_wsgi_application

from decroche.config.whole_requests import with_their_length

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "decroche.config.settings.production")
application = with_their_length(get_wsgi_application())
