"""Stable 64-bit hashes of ``family:value``, the same in every process and on every machine."""

from functools import lru_cache
from hashlib import blake2b


@lru_cache(maxsize=131_072)
def hash_of(family: str, value: str) -> int:
    """The signed 64-bit hash (BLAKE2b with 8 bytes, RFC 7693) of a folded value in its family."""
    digest = blake2b(f"{family}:{value}".encode("utf-8", "ignore"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
