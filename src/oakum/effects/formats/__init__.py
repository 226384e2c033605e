"""Output formats, one per file; the folder is the registry."""
