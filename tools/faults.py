"""`make faults`: 500 kills of workers over 10,000 jobs, on SQLite and on PostgreSQL.

Each runs in a process of its own, on a database made for it. Prints a table; fails where a step
was lost or done twice, or a job lay for longer than two leases.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

SERVER = Path(__file__).parents[1] / "server"
sys.path.insert(0, str(SERVER))


def here(count: int, kills: int) -> None:
    """Rehearse on the database of the environment and print what came of it as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.site.settings")
    from zhike.site import environment

    environment.prepare(environment.read())
    import django

    django.setup()
    from tests.base.faults import rehearse
    from zhike.site import storage

    storage.migrate()
    print(json.dumps(asdict(rehearse(count, kills))))


def on(database_url: str, count: int, kills: int) -> dict[str, object]:
    """Rehearse in another process; an empty address is the embedded database."""
    with tempfile.TemporaryDirectory(prefix="zhike-faults-") as folder:
        own = {"ZHIKE_DATA": folder, "ZHIKE_DATABASE_URL": database_url}
        quiet = {"ZHIKE_LOG_LEVEL": "error", "PYTHONPATH": str(SERVER)}
        words = [sys.executable, __file__, "--here", f"--jobs={count}", f"--kills={kills}"]
        done = subprocess.run(
            words, env=os.environ | own | quiet, stdout=subprocess.PIPE, text=True, check=True
        )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(count: int, kills: int) -> int:
    """Rehearse on both databases. Returns an exit code."""
    from tests.site.postgres import Cluster

    found = [on("", count, kills)]
    cluster = Cluster.start()
    try:
        found.append(on(cluster.url, count, kills))
    finally:
        cluster.stop()
    print("数据库      任务    步数   强杀  打断  丢失  重复  卡住  最长接手  用时")
    for one in found:
        print(
            f"{one['database']:<10} {one['jobs']:>6} {one['steps']:>7} {one['kills']:>6}"
            f" {one['hit']:>5} {one['lost']:>5} {one['twice']:>5} {one['stuck']:>5}"
            f" {one['longest']:>7.1f}s {one['seconds']:>5.0f}s"
        )
    return int(any(one["lost"] or one["twice"] or one["stuck"] for one in found))


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="随机强杀后台进程，看任务丢不丢、重不重")
    asked.add_argument("--jobs", type=int, default=10_000, help="任务数")
    asked.add_argument("--kills", type=int, default=500, help="强杀次数")
    asked.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    said = asked.parse_args()
    if said.here:
        here(said.jobs, said.kills)
    else:
        sys.exit(main(said.jobs, said.kills))
