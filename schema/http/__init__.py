"""The HTTP view: bodies in, GraphQL answers out, and never a 500 for what a client sent."""
