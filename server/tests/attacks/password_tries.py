"""One of the processes that try passwords: a whole web server's insides, asked directly.

Run as `python password_tries.py NUMBER COUNT KIND` with ZHIKE_DATA set. Says "ready", begins when
told a line, and prints what came of the tries as JSON: {code: count}. KIND "one" tries one account,
"many" a new name each time; every request comes with a forged X-Forwarded-For.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.site.settings")

import django

django.setup()

from django.test import Client  # noqa: E402

LOGIN = "/_allauth/browser/v1/auth/login"
HOSTS = ("127.0.0.1", "localhost")


def main(process: int, count: int, kind: str) -> None:
    client = Client()
    client.get("/api/v1/setup")
    print("ready", flush=True)
    sys.stdin.readline()
    told: Counter[str] = Counter()
    for number in range(count):
        username = "laoban" if kind == "one" else f"name-{process}-{number}"
        if kind == "one" and number % 3 == 1:
            username = "LaoBan"  # other spellings open no other account
        body = {"username": username, "password": f"guess-{process}-{number}"}
        answer = client.post(
            LOGIN,
            json.dumps(body),
            content_type="application/json",
            headers={
                "X-Forwarded-For": f"198.51.{process}.{number % 250 + 1}",
                "X-Real-IP": f"203.0.113.{number % 250 + 1}",
                "Forwarded": f"for=203.0.113.{number % 250 + 1}",
                "Host": HOSTS[number % len(HOSTS)],
            },
        )
        assert answer.status_code == 400, answer.content
        told[answer.json()["errors"][0]["code"]] += 1
    print(json.dumps(told))


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
