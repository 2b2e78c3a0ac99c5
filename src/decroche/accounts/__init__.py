"""Users, roles, sign-in, settings of the installation and the audit log; every other app names its users from here."""
