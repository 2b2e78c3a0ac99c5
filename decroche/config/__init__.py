"""Settings, addresses and the composition of the web application; holds no domain word."""
