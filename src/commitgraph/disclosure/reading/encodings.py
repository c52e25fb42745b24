"""What bytes are that are not text in UTF-8, as far as they show it, and what to do about it."""

from __future__ import annotations

import codecs

from commitgraph.disclosure.reading.source import Place, Refused

_SAVE = "save it as UTF-8: in Excel choose the type CSV UTF-8, in an editor the encoding UTF-8"
_MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_OTHER_KINDS = (
    (
        b"PK\x03\x04",
        "a ZIP archive, such as a workbook (.xlsx) or a document (.docx)",
        "name a workbook .xlsx",
    ),
    (b"%PDF-", "a PDF", "write the disclosure in one of the notations that are read"),
    (b"\xd0\xcf\x11\xe0", "an old or an encrypted Office file", "save it as .xlsx without a password"),
    (b"\x1f\x8b", "a compressed file (gzip)", "unpack it"),
)
_PAGES = (
    ("cp949", "Korean Windows", (("\uac00", "\ud7a3"),)),
    ("shift_jis", "Japanese Windows", (("\u3040", "\u30ff"), ("\u4e00", "\u9fff"), ("\uff01", "\uff5e"))),
    (
        "cp1252",
        "Western European Windows",
        (("\u00c0", "\u00ff"), ("\u2013", "\u2026"), ("\u20ac", "\u20ac")),
    ),
)


def refuse_other_kinds(data: bytes) -> None:
    """Refuse what is no text at all, or text in an encoding that shows at its beginning.

    Raises:
        Refused: says what it is.
    """
    for mark, called, hint in _OTHER_KINDS:
        if data.startswith(mark):
            raise Refused("CG004", f"The file is no text: it is {called}.", hint=hint)
    for mark, called in _MARKS:
        if data.startswith(mark):
            raise Refused("CG004", f"The file is text in {called}; UTF-8 is expected.", hint=_SAVE)
    begin = data[:200]
    if len(begin) >= 4 and any(begin) and (not any(begin[1::2]) or not any(begin[::2])):
        wrong = "Every second byte of the file is zero, as in text in UTF-16; UTF-8 is expected."
        raise Refused("CG004", wrong, hint=_SAVE)


def not_utf_8(data: bytes, at: int) -> Refused:
    """The refusal of bytes that are not UTF-8, with the code pages that they would fit.

    Args:
        data: the file.
        at: the first byte that does not fit.
    """
    before = data[:at].decode("utf-8", "replace")
    place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
    wrong = f"The byte 0x{data[at]:02x} is not part of a text in UTF-8"
    fitting = [f"{page} ({where})" for page, where, letters in _PAGES if _fits(data, page, letters)]
    if fitting:
        wrong += f"; the bytes would fit the code page {' or '.join(fitting)}"
    return Refused("CG004", f"{wrong}.", place, hint=_SAVE)


def _fits(data: bytes, page: str, letters: tuple[tuple[str, str], ...]) -> bool:
    """Whether almost all that is not ASCII would be letters of a kind in this code page."""
    try:
        # Piece by piece, so that a character that the limit cuts in two is no fault.
        decoded = codecs.getincrementaldecoder(page)().decode(data[:100_000])
    except UnicodeDecodeError:
        return False
    foreign = [char for char in decoded if char > "\x7f"]
    usual = sum(any(first <= char <= last for first, last in letters) for char in foreign)
    return bool(foreign) and usual >= 0.9 * len(foreign)
