"""Who acts (身份): residents, officers, their sessions and the codes that prove a phone.

A resident starts as an account, binds a phone, and proves their real name where an item needs it; ID
numbers and phones are sealed at rest and found by a keyed digest. Officers sign in with two factors,
and the three administrators are separated (三员分立). Rests on 个人信息保护法 第二十八条、第五十一条
and GB/T 22239 (等保 level 3).
"""
