"""What waits for an answer in this addon."""

from .waiting import Waiting, register

register(
    Waiting(
        code="count_review",
        model="stockex.count.session",
        starts=("count.submitted",),
        answers=("count.approved", "count.rejected"),
        waiting=(("state", "=", "review"),),
        answered=(("state", "in", ("approved", "posting", "done")),),
        people="_approvers",
        answered_by="approver_id",
        answered_at="approved_at",
        answerer="approver",
    )
)
register(
    Waiting(
        code="count_recount",
        model="stockex.count.session",
        starts=("count.recounted",),
        answers=(),
        waiting=(("state", "in", ("counting", "review")), ("line_ids.recount", "=", True)),
        answered=(("state", "not in", ("draft", "cancelled")),),
        people="_workers",
    )
)
register(
    Waiting(
        code="job_failed",
        model="stockex.job",
        starts=("job.failed",),
        answers=(),
        waiting=(("state", "=", "failed"), ("acknowledged_at", "=", False)),
        answered=(("acknowledged_at", "!=", False),),
        people="_responsible",
        answered_by="acknowledged_by_id",
        answered_at="acknowledged_at",
    )
)
