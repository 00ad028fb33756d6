"""Structured logs: one JSON line each on standard error, without anybody's personal data."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
# Without local variables: they may hold what nobody should read in a log.
_TRACEBACKS = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)


def set_up(level: str) -> None:
    """Send structlog's and the standard library's records to standard error."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            *_SHARED,
            _TRACEBACKS,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _without_values,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(number, logging.INFO))
    # Django repeats each failed request with its full path, which can hold a search term.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    logging.getLogger("django.security").setLevel(logging.CRITICAL)
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)


def _without_values(
    _logger: Any, _name: str, record: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep of a traceback where it happened, not the message, which may quote a value."""
    error = record.pop("exc_info", None)
    record.pop("exception", None)
    if error and isinstance(error, tuple) and error[0]:
        record.update(told(error[1]))
    return record


def told(error: BaseException | None) -> dict[str, Any]:
    """Return what may be logged of an error: its type and the places it passed, no values."""
    if error is None:
        return {}
    places, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return {"error": type(error).__qualname__, "places": places[-12:]}
