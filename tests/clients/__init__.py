"""Other people's clients and tools, run against the service as it is really served."""
