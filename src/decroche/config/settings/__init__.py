"""Settings by mode: dev, test, production; `base` holds what they share."""
