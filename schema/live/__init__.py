"""Live: subscriptions, executed once for all who ask the same with the same rights."""
