"""Shared state inside one process, for a single server without Redis."""
