"""Live: what is committed anywhere is read from the events table and told to whoever watches."""
