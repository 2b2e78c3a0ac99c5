"""Agents are told that they may be listened to: receives the settings; answers who acknowledged which words."""
