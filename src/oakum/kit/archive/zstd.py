"""Zstandard: of the standard library from Python 3.14 on, the same code as a package before; chosen here alone."""

import sys

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdCompressor, ZstdDecompressor, ZstdError, compress
else:
    from backports.zstd import ZstdCompressor, ZstdDecompressor, ZstdError, compress

__all__ = ["ZstdCompressor", "ZstdDecompressor", "ZstdError", "compress"]
