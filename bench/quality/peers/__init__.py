"""Others' ways to the same answer, on the same records and queries: one small file each."""
