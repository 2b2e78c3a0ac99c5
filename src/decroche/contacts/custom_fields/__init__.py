"""Fields that a floor adds to its contacts."""
