"""Versions of the tables, and the command that brings a database to the newest one."""
