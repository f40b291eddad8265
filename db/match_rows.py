"""The bytes that match tables keep lists of hashes in."""

from collections.abc import Iterable
from struct import pack, unpack


def pack_hashes(hashes: Iterable[int]) -> bytes:
    """Signed 64-bit hashes in 8 bytes each, little-endian."""
    listed = list(hashes)
    return pack(f"<{len(listed)}q", *listed)


def unpack_hashes(packed: bytes) -> tuple[int, ...]:
    """The hashes that ``pack_hashes`` packed."""
    return unpack(f"<{len(packed) // 8}q", packed)
