"""Resources of the API, one per file; the folder is the registry."""
