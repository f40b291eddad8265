"""Matching: is this lead's company or person one we know? Text in, numbers out; no database, no GraphQL, no asyncio."""
