"""What the world knows: feeds of advisories."""
