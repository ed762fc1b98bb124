"""Words every package shares (共同语言): actors, the clock, errors, events, ids, law, text, units.

Nothing here reads a file, a socket, a setting or the wall clock.
"""
