"""Receives meetings agreed in a talk; shows them to agents and managers."""
