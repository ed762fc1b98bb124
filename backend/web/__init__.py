"""HTTP as this service speaks it: who calls, what is wrong, how pages go on. Knows no domain."""
