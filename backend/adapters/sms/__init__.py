"""The county's SMS platform (短信平台) and its emulator.

Protocol: POST {base}/messages, JSON {phone, template, data}, headers X-App-Key, X-Timestamp,
X-Signature (HMAC-SHA-256 over timestamp, newline, body) and Idempotency-Key.
Answers 202 {message_id}; 400 and 422 {code}: never; anything else: later.
"""
