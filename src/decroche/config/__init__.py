"""How the parts are put together: environment, settings, URLs, API."""
