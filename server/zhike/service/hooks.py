"""How feedback is told on a customer's time line."""

from zhike.service import queries
from zhike.trail.queries import tells

tells("feedback")(queries.tell_feedback)
