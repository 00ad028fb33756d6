"""Bringing the database up to date."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zhike.base.errors import Problem
from zhike.trail import guard


def pending() -> int:
    """Return how many migrations wait to be applied."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> int:
    """Apply every migration, make the cache table, guard the trail; how many were applied.

    Raises Problem when the database was made by a newer version of this program.
    """
    executor = MigrationExecutor(connection)
    unknown = {
        (app, name)
        for app, name in executor.loader.applied_migrations
        if app == "zhike" and (app, name) not in executor.loader.disk_migrations
    }
    if unknown:
        raise Problem("数据库由更新版本的知客建立，请先升级程序再启动。", code="newer_database")
    count = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if count:
        call_command("migrate", verbosity=0, interactive=False)
    if not guard.stands():
        guard.put()
    if "zhike_cache" not in connection.introspection.table_names():
        call_command("createcachetable", verbosity=0)
    return count
