"""Drift: what runs that was not in the image, and which event brought it. Pure."""
