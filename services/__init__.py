"""Use cases. Services open every transaction; they take a backend and an actor, and return domain values."""
