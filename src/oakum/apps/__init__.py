"""The programs, and the only place that picks adapters."""
