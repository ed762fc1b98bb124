"""Licences and certificates (证照): issued with a decision, sealed by the worker, verified by anybody.

Every licence has a number and a public code; what counts is not the paper but its status now, which
/verify tells. Issuing: 行政许可法 第三十九条、第四十四条; its endings are kept apart as the law does:
changed 第四十九条, annulled 第六十九条, deregistered 第七十条, revoked 行政处罚法 第九条.
"""
