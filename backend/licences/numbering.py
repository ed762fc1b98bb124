"""Numbers of licences: 桓审批证〔2026〕000012号. Pure.

One series a year, raised in the transaction that stores the licence; see documents for the letters.
"""


def number_text(authority: str, *, year: int, place: int) -> str:
    """Write a licence's number under the authority's sign (发文机关代字)."""
    county = authority.partition("行政审批")[0]
    return f"{county[:1]}审批证〔{year}〕{place:06d}号"
