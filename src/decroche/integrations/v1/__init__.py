"""The public REST API, version 1: what it says stays as it is; fields are added, never renamed nor removed."""
