"""The follow-up engine: cadence, reminders, notices, pool, playbooks, sheets, key dates."""

import datetime
import django.db.models.deletion
import zhike.care.models.cadence
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("zhike", "0008_list_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="CadenceRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("shelf", models.CharField(max_length=20)),
                ("key", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=60, verbose_name="规则名称")),
                ("position", models.PositiveSmallIntegerField(default=100)),
                (
                    "track",
                    models.CharField(
                        choices=[("follow_up", "跟进"), ("return_visit", "回访")],
                        default="follow_up",
                        max_length=12,
                    ),
                ),
                ("when", models.JSONField(default=list, verbose_name="适用客户")),
                ("every", models.PositiveSmallIntegerField(verbose_name="间隔")),
                (
                    "unit",
                    models.CharField(
                        choices=[("day", "天"), ("week", "周"), ("month", "个月")], max_length=5
                    ),
                ),
                (
                    "first_within",
                    models.PositiveSmallIntegerField(null=True, verbose_name="首次跟进天数"),
                ),
                ("ways", models.JSONField(default=list, verbose_name="建议方式")),
                ("matter", models.CharField(blank=True, max_length=60, verbose_name="事项")),
                ("is_on", models.BooleanField(default=True, verbose_name="启用")),
            ],
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("last_read_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CareRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "shelf",
                    models.CharField(default="types", max_length=20, verbose_name="采用的跟进频率"),
                ),
                (
                    "plans_itself",
                    models.BooleanField(default=True, verbose_name="没约下次时按规则安排"),
                ),
                (
                    "guard",
                    models.JSONField(
                        default=zhike.care.models.cadence.shipped_guard, verbose_name="每月联系上限"
                    ),
                ),
                (
                    "late_hours",
                    models.PositiveSmallIntegerField(default=24, verbose_name="多少小时后补记算迟"),
                ),
                (
                    "unplanned_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="多少天没有计划要提醒"
                    ),
                ),
                (
                    "quiet_from",
                    models.TimeField(default=datetime.time(21, 0), verbose_name="免打扰开始"),
                ),
                (
                    "quiet_to",
                    models.TimeField(default=datetime.time(8, 0), verbose_name="免打扰结束"),
                ),
                (
                    "digest_at",
                    models.TimeField(default=datetime.time(8, 30), verbose_name="每日摘要时间"),
                ),
                (
                    "remind_at",
                    models.TimeField(
                        default=datetime.time(9, 0), verbose_name="全天待办的提醒时间"
                    ),
                ),
                (
                    "long_record",
                    models.PositiveSmallIntegerField(
                        default=300, verbose_name="记录超过多少字提示精简"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Channel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mail", "邮件"),
                            ("wecom", "企业微信群机器人"),
                            ("dingtalk", "钉钉群机器人"),
                            ("feishu", "飞书群机器人"),
                        ],
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("settings", models.JSONField(default=dict)),
                ("address", models.BinaryField(null=True)),
                ("secret", models.BinaryField(null=True)),
                (
                    "department_path",
                    models.CharField(blank=True, default="", max_length=240, verbose_name="部门"),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="启用")),
                ("worked_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                (
                    "trouble",
                    models.CharField(blank=True, max_length=200, verbose_name="最近的错误"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Checklist",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("contact", "初步接触"),
                            ("needs", "需求确认"),
                            ("proposal", "方案提交"),
                            ("negotiation", "商务谈判"),
                            ("won", "成交"),
                            ("after_sales", "售后维护"),
                            ("lost", "流失"),
                        ],
                        max_length=16,
                        verbose_name="阶段",
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="清单名称")),
                ("items", models.JSONField(default=list, verbose_name="步骤")),
                ("position", models.PositiveSmallIntegerField(default=100)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待发送"),
                            ("sent", "已发送"),
                            ("failed", "发送失败"),
                            ("dropped", "不再发送"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("not_before", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="KeyDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contract_end", "合同到期"),
                            ("birthday", "生日"),
                            ("anniversary", "合作周年"),
                            ("expected_close", "预计成交"),
                            ("look_again", "再看日期"),
                        ],
                        max_length=16,
                    ),
                ),
                ("on", models.DateField()),
                ("remind_on", models.DateField(null=True)),
                ("told", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("key", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=120)),
                ("body", models.CharField(blank=True, max_length=1000)),
                ("customer_id", models.BigIntegerField(null=True)),
                ("record_type", models.CharField(blank=True, default="", max_length=20)),
                ("record_id", models.BigIntegerField(null=True)),
                ("due_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="NoticeWishes",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ways", models.JSONField(default=dict)),
                ("wants_digest", models.BooleanField(default=True)),
                ("quiet_from", models.TimeField(null=True)),
                ("quiet_to", models.TimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Phrase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contact", "初步接触"),
                            ("needs", "需求确认"),
                            ("proposal", "方案提交"),
                            ("negotiation", "商务谈判"),
                            ("won", "成交"),
                            ("after_sales", "售后维护"),
                            ("lost", "流失"),
                        ],
                        max_length=16,
                        verbose_name="阶段",
                    ),
                ),
                ("objection", models.CharField(blank=True, max_length=60, verbose_name="异议")),
                ("title", models.CharField(max_length=60, verbose_name="标题")),
                ("body", models.TextField(verbose_name="话术")),
                ("tags", models.JSONField(default=list)),
                ("roles", models.JSONField(default=list)),
                ("position", models.PositiveSmallIntegerField(default=100)),
                ("used", models.PositiveIntegerField(default=0, verbose_name="用过几次")),
                ("archived_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Playbook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("name", models.CharField(max_length=60, verbose_name="计划名称")),
                ("goal", models.CharField(blank=True, max_length=200, verbose_name="目标")),
                ("steps", models.JSONField(default=list, verbose_name="步骤")),
                ("is_shared", models.BooleanField(default=True, verbose_name="大家可用")),
                ("archived_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PlaybookRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_on", models.DateField()),
                ("steps", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "进行中"), ("done", "已完成"), ("stopped", "已停止")],
                        default="running",
                        max_length=8,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="停止原因")),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PoolClock",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="pool_clock",
                        serialize=False,
                        to="zhike.customer",
                    ),
                ),
                ("held_since", models.DateField()),
                ("falls_on", models.DateField(null=True)),
                ("warn_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PoolEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("came_on", models.DateField()),
                ("came_at", models.DateTimeField()),
                ("why", models.CharField(max_length=16)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("claimed_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PoolRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_on", models.BooleanField(default=False, verbose_name="启用自动回收")),
                (
                    "days",
                    models.PositiveSmallIntegerField(default=90, verbose_name="多少天没跟进收回"),
                ),
                (
                    "new_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="新客户多少天没跟进收回"
                    ),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(default=7, verbose_name="提前多少天提醒"),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(default=0, verbose_name="每人最多负责多少位"),
                ),
                (
                    "claims_per_day",
                    models.PositiveSmallIntegerField(default=10, verbose_name="每人每天最多领取"),
                ),
                (
                    "rest_days",
                    models.PositiveSmallIntegerField(
                        default=15, verbose_name="被收回后多少天不能再领"
                    ),
                ),
                ("keeps_key", models.BooleanField(default=True, verbose_name="重点客户不回收")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Template",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("scene", models.CharField(max_length=40, unique=True, verbose_name="场景")),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "电话"),
                            ("visit", "拜访"),
                            ("email", "邮件"),
                            ("event", "活动"),
                            ("meeting", "线上会议"),
                            ("social", "社交媒体"),
                            ("wecom", "企业微信"),
                        ],
                        max_length=16,
                        verbose_name="跟进方式",
                    ),
                ),
                ("body", models.TextField(verbose_name="内容")),
                ("position", models.PositiveSmallIntegerField(default=100)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Tick",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=12)),
                ("done_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(db_index=True)),
                ("job_id", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="followup",
            name="is_late",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="task",
            name="anchor",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="task",
            name="remind_at",
            field=models.DateTimeField(null=True, verbose_name="提醒时间"),
        ),
        migrations.AddField(
            model_name="task",
            name="remind_before",
            field=models.PositiveIntegerField(null=True, verbose_name="提前多少分钟提醒"),
        ),
        migrations.AddField(
            model_name="task",
            name="repeat",
            field=models.CharField(
                blank=True,
                choices=[
                    ("day", "每天"),
                    ("workday", "每个工作日"),
                    ("week", "每周"),
                    ("month", "每月"),
                    ("quarter", "每季度"),
                    ("year", "每年"),
                ],
                max_length=8,
                verbose_name="重复",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="repeat_every",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="task",
            name="repeat_until",
            field=models.DateField(null=True, verbose_name="重复到"),
        ),
        migrations.AddField(
            model_name="task",
            name="series",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="task",
            name="step",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="task",
            name="way",
            field=models.CharField(
                blank=True,
                choices=[
                    ("phone", "电话"),
                    ("visit", "拜访"),
                    ("email", "邮件"),
                    ("event", "活动"),
                    ("meeting", "线上会议"),
                    ("social", "社交媒体"),
                    ("wecom", "企业微信"),
                ],
                max_length=16,
                verbose_name="建议方式",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="why",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("finished_at__isnull", False)),
                fields=["-finished_at", "-id"],
                name="job_finished",
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["state", "-id"], name="job_state"),
        ),
        migrations.AddIndex(
            model_name="cadencerule",
            index=models.Index(fields=["shelf", "position", "id"], name="cadence_in_order"),
        ),
        migrations.AddConstraint(
            model_name="cadencerule",
            constraint=models.CheckConstraint(
                condition=models.Q(("every__gte", 1), ("every__lte", 730)), name="cadence_every"
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="rule",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="zhike.cadencerule",
            ),
        ),
        migrations.AddConstraint(
            model_name="carerules",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="one_care_rules"),
        ),
        migrations.AddIndex(
            model_name="checklist",
            index=models.Index(fields=["stage", "position", "id"], name="checklist_of_stage"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="channel",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="zhike.channel",
            ),
        ),
        migrations.AddField(
            model_name="keydate",
            name="contact",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="zhike.contact",
            ),
        ),
        migrations.AddField(
            model_name="keydate",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="key_dates",
                to="zhike.customer",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="notice",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="zhike.notice",
            ),
        ),
        migrations.AddIndex(
            model_name="phrase",
            index=models.Index(fields=["stage", "position", "id"], name="phrase_of_stage"),
        ),
        migrations.AddField(
            model_name="playbook",
            name="owner",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="playbookrun",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="playbook_runs",
                to="zhike.customer",
            ),
        ),
        migrations.AddField(
            model_name="playbookrun",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="playbookrun",
            name="playbook",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="zhike.playbook",
            ),
        ),
        migrations.AddField(
            model_name="playbookrun",
            name="started_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="run",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="tasks",
                to="zhike.playbookrun",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)),
                fields=["due_on", "id"],
                name="task_open",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True), ("remind_at__isnull", False)),
                fields=["remind_at", "id"],
                name="task_remind",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True), ("rule__isnull", False)),
                fields=["rule"],
                name="task_of_rule",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("run__isnull", False)), fields=["run"], name="task_of_run"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(("series__isnull", False)),
                fields=("series", "due_on"),
                name="task_once_in_series",
            ),
        ),
        migrations.AddField(
            model_name="poolclock",
            name="owner",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="poolentry",
            name="claimed_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="poolentry",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pool_entries",
                to="zhike.customer",
            ),
        ),
        migrations.AddField(
            model_name="poolentry",
            name="former",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="poolrules",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="one_pool_rules"),
        ),
        migrations.AddField(
            model_name="tick",
            name="checklist",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="zhike.checklist",
            ),
        ),
        migrations.AddField(
            model_name="tick",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ticks",
                to="zhike.customer",
            ),
        ),
        migrations.AddField(
            model_name="tick",
            name="done_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="keydate",
            index=models.Index(fields=["customer"], name="key_date_of_customer"),
        ),
        migrations.AddIndex(
            model_name="keydate",
            index=models.Index(
                condition=models.Q(("remind_on__isnull", False)),
                fields=["remind_on", "id"],
                name="key_date_remind",
            ),
        ),
        migrations.AddIndex(
            model_name="keydate",
            index=models.Index(fields=["on", "id"], name="key_date_on"),
        ),
        migrations.AddIndex(
            model_name="keydate",
            index=models.Index(
                condition=models.Q(("contact__isnull", False)),
                fields=["contact"],
                name="key_date_of_contact",
            ),
        ),
        migrations.AddConstraint(
            model_name="keydate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("contact__isnull", False)),
                fields=("contact", "kind"),
                name="key_date_of_contact_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="keydate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("contact__isnull", True)),
                fields=("customer", "kind"),
                name="key_date_once",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["person", "-id"], name="notice_of_person"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)),
                fields=["person", "-id"],
                name="notice_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["created_at"], name="notice_at"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("person", "key"), name="notice_once"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["not_before", "id"],
                name="delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["channel", "-id"], name="delivery_of_channel"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("notice", "channel"), name="delivery_once"),
        ),
        migrations.AddIndex(
            model_name="playbook",
            index=models.Index(fields=["name"], name="playbook_name"),
        ),
        migrations.AddIndex(
            model_name="playbookrun",
            index=models.Index(fields=["customer", "-id"], name="playbook_run_of_customer"),
        ),
        migrations.AddConstraint(
            model_name="playbookrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "running")),
                fields=("playbook", "customer"),
                name="playbook_runs_once",
            ),
        ),
        migrations.AddIndex(
            model_name="poolclock",
            index=models.Index(
                condition=models.Q(("falls_on__isnull", False)),
                fields=["falls_on"],
                name="pool_falls",
            ),
        ),
        migrations.AddIndex(
            model_name="poolclock",
            index=models.Index(
                condition=models.Q(("warn_on__isnull", False)), fields=["warn_on"], name="pool_warn"
            ),
        ),
        migrations.AddIndex(
            model_name="poolclock",
            index=models.Index(fields=["owner", "falls_on"], name="pool_of_owner"),
        ),
        migrations.AddIndex(
            model_name="poolentry",
            index=models.Index(
                condition=models.Q(("claimed_at__isnull", True)),
                fields=["-came_at", "-id"],
                name="pool_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="poolentry",
            index=models.Index(
                condition=models.Q(("claimed_at__isnull", False)),
                fields=["claimed_by", "claimed_on"],
                name="pool_claims",
            ),
        ),
        migrations.AddIndex(
            model_name="poolentry",
            index=models.Index(fields=["customer", "-id"], name="pool_of_customer"),
        ),
        migrations.AddConstraint(
            model_name="poolentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("claimed_at__isnull", True)),
                fields=("customer",),
                name="pool_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="tick",
            constraint=models.UniqueConstraint(
                fields=("customer", "checklist", "item"), name="tick_once"
            ),
        ),
    ]
