"""How the records of this room are told on a customer's time line."""

from zhike.care import queries
from zhike.trail.queries import tells

tells("follow_up")(queries.tell_follow_ups)
tells("care")(queries.tell_care_entries)
tells("task")(queries.tell_tasks)
