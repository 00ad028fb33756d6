"""One Django app for the whole house, so that a model can move rooms without a migration."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

# From the ground floor up; the import-linter contract in pyproject.toml holds the same order.
ROOMS = (
    "base",
    "trail",
    "access",
    "fields",
    "customers",
    "service",
    "sales",
    "care",
    "privacy",
    "doors",
    "insight",
)


def room_modules(name: str) -> list[str]:
    """Return the dotted names of the modules called `name`, one per room that has it."""
    found = []
    for room in ROOMS:
        if find_spec(f"zhike.{room}") and find_spec(f"zhike.{room}.{name}"):
            found.append(f"zhike.{room}.{name}")
    return found


class Zhike(AppConfig):
    """Gathers the models of every room under the label `zhike`."""

    name = "zhike"
    label = "zhike"
    verbose_name = "知客"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Import `models` of every room that has one."""
        super().import_models()
        for module in room_modules("models"):
            import_module(module)

    def ready(self) -> None:
        """Let the rooms subscribe to events and register their jobs."""
        for name in ("hooks", "jobs"):
            for module in room_modules(name):
                import_module(module)
        import_module("zhike.site.practice.making")
