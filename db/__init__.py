"""Storage: an engine, tables and one module of queries per aggregate. Functions take a session and never commit."""
