"""The journal (台账): what was done, by whom, on whose behalf, under which article; and the outbox.

An act, its journal entry and the events it causes are one transaction: either all are true or none.
Entries form a hash chain, so that an altered, deleted or reordered one is named by `verify_chain`.
Rests on 行政许可法 第六十一条 (records of supervision) and 等保 level 3 (logs kept and protected).
"""
