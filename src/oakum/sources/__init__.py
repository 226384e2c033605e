"""From a reference to an artifact."""
