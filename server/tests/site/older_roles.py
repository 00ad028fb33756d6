"""A database as version 0005 left it, before anything was reviewed; and who reviews in the new one.

Run as a program in the environment of an installation, as `older` is.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from tests.site.older import HERE, PASSWORD, WHEN, start

OF_THEN = ["create", "log", "share", "hand_over", "delete", "manage_tags", "reveal", "import"]


def fill() -> None:
    """Migrate to 0005; two leads with the rights of then, one in a role made by hand."""
    from django.contrib.auth.hashers import make_password
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    of_then = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "zhike"]
    executor.migrate([("zhike", "0005_tries"), *of_then])
    apps = executor.loader.project_state([("zhike", "0005_tries")]).apps
    scope = {"reach": "all", "shared": True, "pool": True}
    granted = {"scopes": {"customer": scope}, "fields": {"basic": "edit"}}
    with transaction.atomic():

        def make(model: str, /, **values: Any) -> Any:
            return apps.get_model("zhike", model).objects.create(**values)

        make("Organisation", id=1, name="老店", created_at=WHEN)
        for position, key in enumerate(("sales_lead", "sales", "own-lead"), 1):
            role = make(
                "Role",
                key=key,
                name=key,
                position=position,
                granted={**granted, "actions": OF_THEN},
            )
            make(
                "Person",
                username=key,
                name=key,
                role=role,
                password=make_password(PASSWORD),
                created_at=WHEN,
            )


def seen(username: str) -> dict[str, Any]:
    """What somebody of then may do now, and what holds for everybody."""
    from django.test import Client

    browser = Client(headers=HERE)
    browser.get("/_allauth/browser/v1/config")
    browser.post(
        "/_allauth/browser/v1/auth/login",
        {"username": username, "password": PASSWORD},
        content_type="application/json",
    )
    rules = browser.get("/api/v1/organisation").json()
    return {
        "rights": sorted(
            name for name, held in browser.get("/api/v1/me").json()["rights"].items() if held
        ),
        "rules": [rules["reviews_new_customers"], rules["reviewed_fields"]],
        "waiting": browser.get("/api/v1/reviews/waiting").json(),
    }


if __name__ == "__main__":
    start()
    if sys.argv[1] == "fill":
        fill()
        print(json.dumps({}))
    else:
        print(json.dumps({name: seen(name) for name in ("sales_lead", "sales", "own-lead")}))
