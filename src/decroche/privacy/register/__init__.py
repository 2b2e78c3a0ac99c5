"""The register of processing (GDPR, article 30) and the notices: receives the configuration; answers documents."""
