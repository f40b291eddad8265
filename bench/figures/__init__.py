"""The tables and plots of ``docs/matching.md``, made of what the benchmarks measured and of nothing else."""
