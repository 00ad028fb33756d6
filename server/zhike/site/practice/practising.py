"""Processes that work on a practice workspace and on nothing else: those that lay one."""

from __future__ import annotations

import os
from typing import Any

from zhike.base import practice

# Told to such a process by the one that starts it: the number, and the name of the real database.
NUMBER, OF = "ZHIKE_PRACTICE_NUMBER", "ZHIKE_PRACTICE_OF"


def place(database: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of the database this process works on: the real one, unless told so."""
    number = os.environ.get(NUMBER)
    if number is None:
        return database
    return practice.settings_of(database | {"NAME": os.environ[OF]}, int(number))


def told(number: int, name: str) -> dict[str, str]:
    """Return the environment of a process that is to work on a practice workspace."""
    return {**os.environ, NUMBER: str(number), OF: name}
