"""Work behind the fields; and every job sees the fields as they are now."""

from zhike.base.jobs import Run, before_work, job
from zhike.fields import registry, retiring

before_work(registry.refresh)


@job(retiring.JOB, label="换掉停用的选项")
def replace_word(run: Run, actor_id: int, dictionary: str, value: str, again: bool) -> None:
    """Give records the word that replaced a retired one."""
    retiring.carry_out(run, actor_id=actor_id, dictionary=dictionary, value=value, again=again)
