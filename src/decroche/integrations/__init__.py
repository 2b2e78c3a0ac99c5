"""Other programs: API keys, the public REST API (/api/v1/, in `v1/`), and webhooks (`webhooks/`).

It reads and writes through the services that screens use, and nothing imports it but `config` and the worker: no stage
knows that other programs exist. What webhooks tell is noted by the database itself (migration 0002).
"""
