"""Documents (文书): what the authority issues about a case, numbered, dated, sealed and served (送达).

A document is issued in the transaction of the act it tells of; the worker presses it into a sealed PDF
afterwards. Written vouchers: 行政许可法 第三十二条第二款; decisions in writing, with reasons and
remedies where refused: 第三十八条; serving within ten working days: 第四十四条.
"""
