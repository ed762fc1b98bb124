"""Messages to the people concerned (消息): one ledger, WeChat first, SMS where WeChat cannot.

A message is queued with the fact it tells, handed over by the worker, and counted until it is
opened. No text holds an ID number, a reason or a health fact (个人信息保护法 第六条).
"""
