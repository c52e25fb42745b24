"""What is likely meant where a text is no JSON, and what to write for it."""

from __future__ import annotations

import json
import re

from commitgraph.disclosure import characters

_SINGLE = re.compile(r"'((?:[^'\\\n]|\\.)*)'")
_CURLY = re.compile('[“”„]([^“”„"\n]*)[“”„"]')
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
#: How other languages call what JSON calls otherwise.
_OTHERWISE = {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false"}
_NOTHING = frozenset(("NaN", "Infinity", "-Infinity", "undefined", "None", "NULL", "Null", "nil"))


def cure(text: str, at: int, *, key: bool = False) -> str:
    """What to do about the first sign that is no JSON; empty where nothing is recognised.

    Args:
        text: the whole file.
        at: the offset of the sign.
        key: whether a field name is expected there.
    """
    rest = text[at : at + 400]
    if rest.startswith(("//", "/*", "#")):
        return "take the comment out: JSON has none; a disclosure in YAML may have comments that begin with #"
    if rest[:1] and characters.unseen(rest[0]):
        return f"delete the character {characters.named(rest[0])}"
    for form in (_SINGLE, _CURLY):
        found = form.match(rest)
        if found:
            return f"write `{_quoted(found[1])}`, between plain double quotation marks"
    if rest[:1] == "'" or rest[:1] in "“”„":
        return "put plain double quotation marks around the text" if rest else ""
    word = _WORD.match(rest)
    return _word(word[0], key=key) if word else ""


def _word(word: str, *, key: bool) -> str:
    if key:
        return f"write `{_quoted(word)}`, between double quotation marks"
    if word in _OTHERWISE:
        return f"write `{_OTHERWISE[word]}`, in small letters"
    if word in _NOTHING:
        return f"{word} is no value of JSON: leave the field out, or write null"
    if _NUMBER.fullmatch(word):
        return f"write `{_quoted(word)}`, between double quotation marks; JSON has no numbers of this form"
    return f"put the whole text that begins with {word[:40]} between double quotation marks"


def _quoted(text: str) -> str:
    return json.dumps(text.replace("\\'", "'"), ensure_ascii=False)
