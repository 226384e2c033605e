"""Protocols: what the flows ask of the world. Adapters make them real, ``testing`` makes them small."""
