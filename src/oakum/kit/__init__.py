"""What every room may use and what knows nothing of containers: errors, limits, plug-ins, archives, processes."""
