"""Generators of realistic data, and the benchmarks of quality and speed that run on them."""
