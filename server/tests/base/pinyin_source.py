"""Makes zhike/base/data/pinyin.txt from pypinyin (MIT), without tones.

Run `python -m tests.base.pinyin_source` in server/ after pypinyin was updated; a test compares.
The file keeps only the phrases whose reading differs from that of their characters: 0.2 MB instead
of the 50 MB that pypinyin holds in memory.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from pathlib import Path

FILE = Path(__file__).parents[2] / "zhike" / "base" / "data" / "pinyin.txt"
_HEAD = "# Toneless Mandarin readings, made from pypinyin 0.55.0 (MIT licence)."

# Where pypinyin prefers the rarer reading of a word that names of companies use.
PLACES = {"朝阳": "chao yang", "长治": "chang zhi", "长兴": "chang xing", "重药": "zhong yao"}


def plain(reading: str) -> str:
    """lǜ → lv."""
    marked = unicodedata.normalize("NFD", reading).replace("u\u0308", "v").replace("ê", "e")
    return re.sub("[^a-z]", "", marked)


def make() -> str:
    """The whole file."""
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.pinyin_dict import pinyin_dict

    first = {chr(code): plain(text.split(",")[0]) for code, text in pinyin_dict.items()}
    kept = {c: r for c, r in first.items() if r and ("\u3400" <= c <= "\u9fff" or c == "〇")}
    by_reading: defaultdict[str, list[str]] = defaultdict(list)
    for character in sorted(kept):
        by_reading[kept[character]].append(character)
    lines = [_HEAD, ""]
    lines += [f"{reading} {''.join(by_reading[reading])}" for reading in sorted(by_reading)]
    lines += [""]
    phrases: dict[str, list[str]] = {}
    for phrase, readings in phrases_dict.items():
        said = [plain(one[0].split(",")[0]) for one in readings]
        if len(said) == len(phrase) and all(c in kept for c in phrase):
            phrases[phrase] = said
    phrases |= {phrase: said.split() for phrase, said in PLACES.items()}
    for phrase in sorted(needed(phrases, kept)):
        lines.append(f"{phrase} {' '.join(phrases[phrase])}")
    return "\n".join(lines) + "\n"


def needed(phrases: dict[str, list[str]], kept: dict[str, str]) -> set[str]:
    """Phrases that read otherwise than their characters and the shorter phrases in them do."""
    chosen: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=lambda text: (len(text), text)):
        if read(phrase, chosen, kept) != phrases[phrase]:
            chosen[phrase] = phrases[phrase]
    return set(chosen)


def read(text: str, phrases: dict[str, list[str]], kept: dict[str, str]) -> list[str]:
    """Longest match from the left."""
    out: list[str] = []
    at = 0
    while at < len(text):
        for length in range(min(len(text) - at, 12), 1, -1):
            found = phrases.get(text[at : at + length])
            if found is not None:
                out += found
                at += length
                break
        else:
            out.append(kept[text[at]])
            at += 1
    return out


if __name__ == "__main__":
    FILE.write_text(make(), encoding="utf-8")
