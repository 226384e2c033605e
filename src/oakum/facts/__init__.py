"""From an artifact to facts: catalogers read files, the squash sees the layers as one file system."""
