"""Paper and seal: pages set by typst as PDF/A, sealed by a PAdES signature of our own authority.

Everything here blocks for 15 to 100 ms and runs in threads. SM2 signatures inside PDFs are not offered
by pyHanko and not promised.
"""
