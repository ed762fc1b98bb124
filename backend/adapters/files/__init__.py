"""Where files lie (disk or S3-compatible store) and how uploads are looked at, off the event loop."""
