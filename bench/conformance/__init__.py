"""Requests that schemathesis draws from the schema, against the service as it is really served."""
