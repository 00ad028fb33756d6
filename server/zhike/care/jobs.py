"""The recurring and the long work of the care room."""

from datetime import time

from zhike.base.jobs import Run, daily, every, job
from zhike.care.cadence import replanning, rules, settings
from zhike.care.key_dates import refreshing
from zhike.care.pool import clocks, sweep
from zhike.care.pool import rules as pool_rules
from zhike.care.reminders import digest, unplanned
from zhike.care.reminders import sweep as reminding
from zhike.care.reminders.sweep import REMIND_ANEW


@job(settings.JOB, label="按跟进频率重排计划")
def replan(run: Run, actor_id: int) -> None:
    """Move what rules planned to where the present rules put it."""
    replanning.replan(run, actor_id)


@job(pool_rules.JOB, label="按新规则重排公海")
def rewind_all(run: Run, version: int) -> None:
    """Wind the clocks of everybody by the rules of now."""
    clocks.rewind_all(run)


@daily("care.pool_sweep", at=clocks.SWEPT_AT, label="收回太久没跟进的客户")
def sweep_the_pool(run: Run) -> None:
    """Tell who falls into the pool soon, and let fall who was told."""
    sweep.sweep(run)


@every("care.remind", minutes=1, label="提醒到点的待办")
def remind(run: Run) -> None:
    """Remind of the tasks whose time has come."""
    reminding.sweep(run, morning=rules.present().remind_at)


@daily("care.remind_missing", at=time(0, 20), label="补上待办的提醒时间")
def fill_in_reminders(run: Run) -> None:
    """Give open tasks the reminder they lack."""
    reminding.fill_in(run, morning=rules.present().remind_at)


@job(REMIND_ANEW, label="按新的提醒时间重排提醒")
def remind_anew(run: Run) -> None:
    """Move the reminders of tasks without a time to the new morning."""
    reminding.set_anew(run, morning=rules.present().remind_at)


@daily("care.remind_days", at=time(7, 30), label="提醒重要日期")
def remind_of_days(run: Run) -> None:
    """Tell what is due today of what other parts of the room registered."""
    reminding.sweep_days(run)


@daily("care.digest", at=lambda: rules.present().digest_at, label="发送每日摘要")
def send_digest(run: Run) -> None:
    """Tell everybody in the morning what they have to do."""
    digest.send(run, at=rules.present().digest_at)


@daily("care.unplanned", at=lambda: rules.present().remind_at, label="提醒没约下次的客户")
def tell_of_unplanned(run: Run) -> None:
    """Tell owners whom nobody has planned to contact for too long."""
    care = rules.present()
    unplanned.tell(run, days=care.unplanned_days, at=care.remind_at)


@job(refreshing.AFTER_MANY, label="更新重要日期")
def refresh_key_dates(run: Run, since: str, until: str) -> None:
    """Bring key dates in line after many files changed at once."""
    refreshing.after_many(run, since, until)


@job(refreshing.EVERYBODY, label="整理全部重要日期")
def refresh_all_key_dates(run: Run) -> None:
    """Bring the key dates of everybody in line."""
    refreshing.of_everybody(run)


@daily("care.key_dates_move_on", at=time(0, 40), label="重要日期转入下一年")
def move_key_dates_on(run: Run) -> None:
    """Let days that have passed come round again."""
    refreshing.move_on(run)
