"""Time limits (时限): working days, due dates, pauses, extensions, and why a date is what it is.

Rests on 行政许可法 第四十二至四十五条 and 第八十二条. Each change of a limit is an entry of its
ledger; replaying the ledger gives the date again.
"""
