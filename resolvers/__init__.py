"""One short function per field: unpack, call one service or loader, return a domain value."""
