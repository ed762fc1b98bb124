"""What the officers' desk reads of packages it may not import."""
