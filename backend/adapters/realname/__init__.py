"""The population register's name check (人口库实名核验) and its emulator.

Protocol: POST {base}/checks, JSON {name, id_number}, signed like the SMS platform.
Answers 200 {result: match | mismatch | no_record}; anything else: later.
"""
