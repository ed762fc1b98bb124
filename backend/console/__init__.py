"""The officers' desk (工作台): sign in, the pool of cases, one page per case with every act, the catalogue.

Server-made pages that work without script; htmx only saves reloads. An officer sees personal data of a
case after claiming it, heads and auditors after stating why, and every first look is in the journal
(个人信息保护法 第六条: no more than the purpose needs). This is the one package that reads other
packages' tables, in `queries`.
"""
