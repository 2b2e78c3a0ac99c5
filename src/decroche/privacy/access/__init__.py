"""A person asks what is known of him (RGPD article 15): all of it, readable, with his voice and his papers."""
