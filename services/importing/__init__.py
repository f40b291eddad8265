"""Bringing data in: files of accounts, contacts and leads become records, in batches, and twice is as good as once."""
