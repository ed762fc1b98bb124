"""Materials (材料): what an applicant hands in, looked at, cleaned and kept under its case.

A file is accepted by its first bytes, not by its name; pictures are drawn anew, so that neither the
place they were taken nor anything hidden behind them is kept. Whether a material is wanted at all is
the catalogue's word (行政许可法 第三十条、第三十一条: nothing outside the published list).
"""
