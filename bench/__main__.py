"""`make bench SIZE=100000`: make the data, measure, print a table, write bench/results.json."""

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

MANY = 200_000  # beyond it fewer follow-ups each, and no import of as many once more


def main(size: int, *, sweep_alone: bool = False) -> None:
    """Run every bench in a data folder of its own, which is removed afterwards.

    The sweep alone needs customers and their plans, which are written within a minute.
    """
    with tempfile.TemporaryDirectory(prefix="zhike-bench-") as folder:
        os.environ["ZHIKE_DATA"] = folder
        os.environ["ZHIKE_LOG_LEVEL"] = "error"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.site.settings")
        from zhike.site import environment

        environment.prepare(environment.read())
        import django

        django.setup()
        from django.db import connection

        from zhike.site import storage

        storage.migrate()
        from bench import care, data, files, imports, lists, reminders, rights

        start = time.perf_counter()
        boss = data.people()
        if sweep_alone:
            reminders.customers_alone(size)
            print(f"{size} 位客户，造好用了 {time.perf_counter() - start:.0f} 秒")
            table(reminders.measure())
            return
        own = files.own_field(boss)
        each = 5 if size <= MANY else 1
        data.fill(size, each, own[1], own[2])
        print(f"{size} 位客户、{size * each} 条跟进，造好用了 {time.perf_counter() - start:.0f} 秒")
        results = lists.measure(boss) + rights.measure() + files.measure(boss, *own)
        results += reminders.measure()
        results += care.measure(boss)
        if connection.vendor == "sqlite" and size <= MANY:
            results += imports.measure(Path(folder) / "import", size)
    table(results)
    Path(__file__).with_name("results.json").write_text(
        json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def table(results: list[dict[str, Any]]) -> None:
    """Print the results: ours, bare, their ratio."""
    print(f"{'比值':>6} {'我们 ms':>10} {'裸库 ms':>10} {'目标':>6} {'查询':>4}  名称")
    for row in results:
        print(
            f"{row['ratio']:>7} {row['ours_ms']:>10} {row['bare_ms']:>10} {row['goal']:>6}"
            f" {row.get('queries', ''):>5}   {row['name']}（{row['database']}，{row['rows']} 行）"
        )
    peaks = [row["web_peak_mb"] for row in results if "web_peak_mb" in row]
    if peaks:
        print(f"导入时网页进程的内存最高 {max(peaks)} MB（目标 < 300）")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="与裸数据库比速度")
    asked.add_argument("--size", type=int, default=100_000, help="客户数")
    asked.add_argument("--sweep", action="store_true", help="只量每分钟扫描到点的提醒")
    said = asked.parse_args()
    main(said.size, sweep_alone=said.sweep)
