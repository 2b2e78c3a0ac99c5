"""Can I call? The judge's answer about each number of a contact, in each campaign, for a screen."""
