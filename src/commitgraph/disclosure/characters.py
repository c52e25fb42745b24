"""Characters that look like others, or like nothing, and make a right word wrong.

They come with text that is pasted from a word processor or typed with another keyboard. Somebody who
cannot see them is told which they are and where they stand.
"""

from __future__ import annotations

import unicodedata

#: Letters of other scripts that most typefaces draw like a Latin one.
_TWINS = dict(
    zip(
        "аеорсухіјѕԁһӏԛԝАВЕКМНОРСТХІЈЅοανρυιкΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijsdhlqwABEKMHOPCTXIJSoavpuikABEZHIKMNOPTYX",
        strict=True,
    )
)
_DASHES = frozenset("‐‑‒–—―−﹣－")
_QUOTES = frozenset("\"'`‘’‚“”„«»＂＇「」『』")
_ASCII_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def unseen(char: str) -> bool:
    """Whether a character shows as nothing, or as a space without being one.

    >>> unseen("\\u00a0"), unseen("\\u200b"), unseen(" "), unseen("a")
    (True, True, False, False)
    """
    return char not in " \n\t" and unicodedata.category(char) in {"Zs", "Zl", "Zp", "Cf", "Cc"}


def plain(text: str) -> str:
    """`text` as it looks: unseen characters gone, look-alikes as Latin letters, no quotation marks around it.

    >>> plain("“\\u0440lanned”\\u00a0"), plain("in–progress"), plain("ｐｌａｎｎｅｄ")
    ('planned', 'in-progress', 'planned')
    """
    seen = "".join(_plain(char) for char in text).strip()
    while seen and (seen[0] in _QUOTES or seen[-1] in _QUOTES):
        seen = seen.strip("".join(_QUOTES)).strip()
    return " ".join(seen.split())


def shown(text: str) -> str:
    """`text` with each odd character by its code, so that it differs from what it looks like.

    >>> shown("planned\\u00a0"), shown("\\u0440lanned"), shown("план"), shown("a b")
    ('planned<U+00A0>', '<U+0440>lanned', 'план', 'a b')
    """
    strange = {at for at, _ in odd(text)}
    return "".join(_code(char) if at in strange else char for at, char in enumerate(text))


def odd(text: str) -> list[tuple[int, str]]:
    """The characters of `text` that are unseen, or that pass for Latin letters among Latin letters.

    Returns:
        Each with its place, from 0.
    """
    latin = any(char in _ASCII_LETTERS for char in text)
    foreign = latin and all(char in _TWINS for char in text if char.isalpha() and char not in _ASCII_LETTERS)
    return [(at, char) for at, char in enumerate(text) if unseen(char) or (foreign and char in _TWINS)]


def told(text: str) -> str:
    """Where `text` differs from how it looks, in words; empty where it does not.

    >>> told("planned\\u00a0")
    'character 8 is U+00A0 (no-break space)'
    >>> told("\\u0440lanned")
    'character 1 is U+0440 (cyrillic small letter er), which looks like "p"'
    """
    parts = []
    for at, char in odd(text) or _other(text):
        twin = _plain(char)
        like = f', which looks like "{twin}"' if twin.strip() and char in _TWINS else ""
        parts.append(f"character {at + 1} is {named(char)}{like}")
    more = len(parts) - 3
    return " and ".join(parts[:3]) + (f" and {more} more" if more > 0 else "")


def named(char: str) -> str:
    """A character by its code and the name that Unicode gives it.

    >>> named("\\u200b")
    'U+200B (zero width space)'
    """
    name = unicodedata.name(char, "a control character").lower()
    return f"{_code(char)[1:-1]} ({name})"


def _other(text: str) -> list[tuple[int, str]]:
    """Dashes, quotation marks and wide letters: to be seen, yet others than those of the keyboard."""
    return [
        (at, char)
        for at, char in enumerate(text)
        if not char.isascii() and (char in _DASHES | _QUOTES or unicodedata.normalize("NFKC", char).isascii())
    ]


def _plain(char: str) -> str:
    if char in _TWINS:
        return _TWINS[char]
    if char in _DASHES:
        return "-"
    if unicodedata.category(char) == "Cf":
        return ""
    return " " if unseen(char) else unicodedata.normalize("NFKC", char)


def _code(char: str) -> str:
    return f"<U+{ord(char):04X}>"
