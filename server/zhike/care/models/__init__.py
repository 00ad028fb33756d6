"""The tables of the care room."""

from zhike.care.models.cadence import CadenceRule, CareRules
from zhike.care.models.key_dates import KeyDate
from zhike.care.models.playbooks import Playbook, PlaybookRun
from zhike.care.models.pool import PoolClock, PoolEntry, PoolRules
from zhike.care.models.record import CareEntry, FollowUp
from zhike.care.models.sheets import Checklist, Phrase, Template, Tick
from zhike.care.models.tasks import Task

__all__ = [
    "CadenceRule",
    "CareEntry",
    "CareRules",
    "Checklist",
    "FollowUp",
    "KeyDate",
    "Phrase",
    "Playbook",
    "PlaybookRun",
    "PoolClock",
    "PoolEntry",
    "PoolRules",
    "Task",
    "Template",
    "Tick",
]
