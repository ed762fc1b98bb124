"""The case (办件): from a draft to a decision, each step with its article, its letter and its clock.

Rests on 行政许可法 第二十九条 to 第四十二条. A draft is a case row that has no number yet, so that
materials, form and later the decision share one id for life.
"""
