"""Jobs of the worker, one per file; the folder is the registry."""
