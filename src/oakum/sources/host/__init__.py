"""A host: the file systems of its containers."""
