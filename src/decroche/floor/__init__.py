"""The only process that speaks to Asterisk and writes live state: dialer, calls, agents, sockets of the desktops."""
