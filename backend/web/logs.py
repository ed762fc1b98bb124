"""Logs as JSON lines on standard error, with identity numbers and telephones masked."""

import logging
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

#: 18 (or 15) digits of an identity number, 18 signs of a credit code, 11 digits of a mobile number.
PERSONAL = re.compile(r"(?<![0-9A-Za-z])(\d{17}[\dXx]|\d{15}|[0-9A-HJ-NPQRTUWXY]{18}|1\d{10})(?![0-9A-Za-z])")


def configure(level: str) -> None:
    """Set up structlog and silence chatty libraries. Raises `ValueError` for an unknown level."""
    number = logging.getLevelNamesMapping().get(level.upper())
    if number is None:
        raise ValueError(f"LOG_LEVEL={level!r} is unknown; debug, info or warning")
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            mask,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def mask(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Hide what looks like a person's number in every text of a line."""
    return {key: _masked(value) for key, value in event.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return PERSONAL.sub(lambda found: found[0][:3] + "*" * (len(found[0]) - 5) + found[0][-2:], value)
    return value
