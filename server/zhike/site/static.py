"""The files of the web client, served by this same process."""

from __future__ import annotations

from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware

UNSERVED = frozenset({"/index.html", "/manifest.json"})  # `pages` fills the one in by the other


class StaticFiles(WhiteNoiseMiddleware):
    """Everything under assets/ has a hash in its name and is kept by browsers for ever."""

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: Any = None) -> None:
        if url not in UNSERVED:
            super().add_file_to_dictionary(url, path, stat_cache=stat_cache)

    def immutable_file_test(self, path: str, url: str) -> bool:
        return url.startswith("/assets/")
