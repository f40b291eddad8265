"""Accepting a lead: what may be done when, what is left to decide, what would be written, and the commit.

``transitions``, ``merge``, ``choices``, ``plan`` and ``labelling`` are pure; the other modules own the transactions.
"""
