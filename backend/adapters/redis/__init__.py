"""Shared state in Redis, for several processes (docs/adr/0002)."""
