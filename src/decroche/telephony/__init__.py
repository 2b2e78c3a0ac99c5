"""Trunks, the configuration of Asterisk and the carrier simulator; hands dial strings to the floor."""
