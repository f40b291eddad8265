"""The proof on real data: leads are imported and accepted over HTTP, and only afterwards compared with the truth.

``office`` runs the real commands, ``driver`` accepts the leads knowing nothing but what the service answers,
``evaluation`` knows the truth that ``febrl`` keeps back from both.
"""
