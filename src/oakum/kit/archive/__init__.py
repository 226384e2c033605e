"""Archives as hostile streams: own tar walker, bounded decompression."""
