"""Copies: the source texts that a reader keeps, in folders named as the instruments are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from commitgraph.iris import ID
from commitgraph.proof.own_words import Words
from commitgraph.proof.passage import Copy

#: Files that are read as copies.
SUFFIXES = frozenset({".md", ".txt", ".html", ".htm"})


@dataclass(frozen=True)
class StoredCopy:
    """One file with the text of a source.

    Attributes:
        path: the file.
        name: its path below the folder of the instrument, or below all copies where that folder lies deeper.
        copy: its text, ready to be searched.
    """

    path: Path
    name: str
    copy: Copy

    @cached_property
    def digest(self) -> str:
        """Digest of the whole copy, to compare with `cg:contentDigest` of an edition."""
        return self.copy.digest

    @cached_property
    def words(self) -> Words:
        """The words of the copy, to hold a summary against."""
        return Words.of(self.copy.text)

    def place(self, line: int | None) -> str:
        """`file:line`, or the file where the line is not known."""
        return f"{self.path}:{line}" if line else str(self.path)


class Copies:
    """A folder of copies: those of the instrument SLUG lie below any folder in it that has this name.

    Copies that were taken later may so lie apart: in `folder/SLUG` and in `folder/later/SLUG`.

    Raises:
        NotADirectoryError: there is no such folder.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise NotADirectoryError(f"expected a folder with copies of the sources, got {folder}")
        self.folder = folder
        self._read: dict[str, tuple[StoredCopy, ...]] = {}

    def slugs(self) -> list[str]:
        """The names of folders that hold copies, those of instruments among them, by name."""
        return sorted(
            {part for path in self._files(self.folder) for part in path.relative_to(self.folder).parts[:-1]}
        )

    def of(self, slug: str) -> tuple[StoredCopy, ...]:
        """The copies of the instrument `slug`, the highest folder first; none where there are none."""
        if slug not in self._read:
            self._read[slug] = tuple(
                StoredCopy(
                    path,
                    self._name(path, slug),
                    Copy.of(without_label(path.read_text(encoding="utf-8", errors="replace"))),
                )
                for path in self._files_of(slug)
            )
        return self._read[slug]

    def _files_of(self, slug: str) -> list[Path]:
        folders = sorted(
            (path for path in self.folder.rglob(slug) if path.is_dir()),
            key=lambda path: (len(path.parts), path),
        )
        return list(dict.fromkeys(path for folder in folders for path in self._files(folder)))

    def _name(self, path: Path, slug: str) -> str:
        top = self.folder / slug
        return path.relative_to(top if path.is_relative_to(top) else self.folder).as_posix()

    @staticmethod
    def _files(below: Path) -> list[Path]:
        return sorted(path for path in below.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())


_REMARK = re.compile(r"> |<!--|\(.*\)\s*$")


def without_label(text: str) -> str:
    """`text` with the label of the copy blanked out, lines kept.

    A copy may begin with the address that it was taken from, alone on the first line, and remarks of its
    keeper below, as block quotes (`>`), HTML comments or lines in parentheses. None of it is the source.

    >>> without_label("https://example.org/a\\n\\n> My copy.\\n\\nWe agree.").split()
    ['We', 'agree.']
    """
    lines = text.split("\n")
    if not lines[0].startswith(("http://", "https://")):
        return text
    end = next(
        (n for n, line in enumerate(lines) if n and line.strip() and not _REMARK.match(line)),
        len(lines),
    )
    return "\n".join([" " * len(line) for line in lines[:end]] + lines[end:])


def slug_of(iri: str) -> str:
    """The folder name for an edition, passage or provision: the first segment after its kind.

    >>> slug_of("https://w3id.org/commitgraph/id/edition/unga-res-78-265/text")
    'unga-res-78-265'
    """
    return iri.removeprefix(ID).split("/")[1]
