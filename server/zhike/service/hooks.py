"""How feedback is told on a customer's time line, and that it goes along when one is merged."""

from zhike.customers import relations
from zhike.customers.relations import Relation, Way
from zhike.fields.holding import Columns, holds
from zhike.service import queries
from zhike.service.models import Feedback
from zhike.trail.queries import tells

tells("feedback")(queries.tell_feedback)
relations.knows(Relation(Feedback, "customer", Way.MOVE, "feedback", "客户反馈"))
holds(
    Columns(
        "feedback",
        Feedback,
        {"feedback_status": ("status",), "feedback_dimension": ("dimension",)},
    )
)
