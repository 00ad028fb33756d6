"""The files of the web client are looked up on the disk once, not once for each browser.

Every `django.test.Client` builds the middleware anew, and WhiteNoise reads the whole folder each
time, which takes longer than most tests. What it finds does not change while the tests run.
"""

from __future__ import annotations

from whitenoise.base import StaticFile, WhiteNoise

_found: dict[tuple[object, ...], dict[str, StaticFile]] = {}


def install() -> None:
    """Patch WhiteNoise, once."""
    look = WhiteNoise.update_files_dictionary

    def remembered(served: WhiteNoise, root: str, prefix: str) -> None:
        settings = (served.max_age, served.allow_all_origins, served.charset)
        key = (type(served), root, prefix, *settings)
        if key not in _found:
            before, served.files = served.files, {}
            try:
                look(served, root, prefix)
                _found[key] = served.files
            finally:
                served.files = before
        served.files.update(_found[key])

    WhiteNoise.update_files_dictionary = remembered
