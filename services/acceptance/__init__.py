"""Accepting a lead: what may be done when, what is left to decide, what would be written, and the commit.

``transitions``, ``merge``, ``choices`` and ``plan`` are pure; the other modules own the transactions.
"""
