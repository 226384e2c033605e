"""One container's whole life, once through, for real: python -m bench.life, as root."""
