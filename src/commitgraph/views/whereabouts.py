"""Whereabouts: how a party stands to one text, and to which texts it stands at all, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commitgraph.dates import DateError, Day, day_or_none
from commitgraph.domain import phrases
from commitgraph.domain.endings import refusals_by
from commitgraph.domain.instruments import instrument as instrument_entry
from commitgraph.domain.parties import parties
from commitgraph.domain.standing import Adherence, adherences_of, split_on
from commitgraph.engine import Engine
from commitgraph.find.names import Kind, LookupFailed, names_of, resolve
from commitgraph.questions import Question
from commitgraph.views.matrix import Cell, Matrix

#: The parameter of saved questions that names a day.
_AS_OF = "asof"
_AND = (
    ("named", "is only named by others as standing to"),
    ("unknown", "may have stood on that day, or not, to"),
    ("delisted", "is no longer listed under"),
    ("ended", "did once stand to"),
)


def towards(engine: Engine, party: str, instrument: str, as_of: Day | None = None) -> Cell:
    """The one answer of the matrix for `party` and `instrument` (IRIs)."""
    who = next(entry for entry in parties(engine) if entry.iri == party)
    what = instrument_entry(engine, instrument)
    assert what  # noqa: S101  (the caller has found its name)
    return Matrix(engine, as_of).cell(who, what)


def answer(engine: Engine, party: str, instrument: str, as_of: Day | None = None) -> str:
    """Whether `party` stands to `instrument` (IRIs), in words that can be printed: act, day, dispute.

    Never a bare no where the party stands to it in another way, or where nobody knows.
    """
    cell = towards(engine, party, instrument, as_of)
    labels = names_of(engine).labels
    return in_words(cell, labels[party], labels[instrument])


def in_words(cell: Cell, party: str, instrument: str) -> str:
    """The answer of a cell as sentences, for the labels of its party and its instrument."""
    if cell.answer in ("adheres", "former", "named", "delisted"):
        told = ((phrases.sentence(a, disputed=False), phrases.dispute(a)) for a in cell.adherences)
        return " ".join(said for pair in told for said in pair if said)
    if cell.answer == "refused":
        return f"{party} decided not to adhere to {instrument}, as a source tells."
    if cell.answer == "not-listed":
        return f"{party}: {cell.reason}. {phrases.ABSENCE}"
    if cell.answer == "unknown":
        return f"Unknown whether {party} stands to {instrument}: {cell.reason}."
    if cell.answer == "nothing-to-sign":
        return f"There is nothing for {party} to sign: {instrument} is {cell.reason}."
    return f"{party} was not asked: {instrument} is {cell.reason}."


def stands_to(engine: Engine, party: str, as_of: Day | None = None) -> str:
    """To which texts `party` (IRI) does stand, in a sentence or two; by which act and since when."""
    name = names_of(engine).labels[party]
    now = split_on(as_of, adherences_of(engine, party))
    told = [f"{name} stands to: {_list(now.own)}."] if now.own else []
    told += [f"It {words} {_list(found)}." for part, words in _AND if (found := getattr(now, part))]
    refused = refusals_by(engine, party, as_of)
    if refused:
        told.append(f"It refused {'; '.join(refusal.instrument.label for refusal in refused)}.")
    return " ".join(told) or f"The graph holds no standing of {name} towards any text."


@dataclass(frozen=True)
class Told:
    """What stands beside the answer to a saved question, so that it is not misread.

    Attributes:
        answer: how the party of the question stands to its instrument; empty where it names no such pair.
        instead: to which texts each of its parties does stand; empty unless nothing was found.
    """

    answer: str
    instead: str


def beside(engine: Engine, question: Question, values: Mapping[str, str], *, found: bool) -> Told:
    """What to tell beside the answer to a question, for the day that it asks about, if it does.

    Args:
        engine: what was asked.
        question: the question.
        values: of its parameters, as they were given; those left out have their defaults.
        found: whether there was a row, a statement or a yes.
    """
    try:
        on = day_or_none(values.get(_AS_OF))
    except DateError:  # a month or a year: as things stand
        on = None
    parties_asked = _asked(engine, question, values, "party")
    texts = _asked(engine, question, values, "instrument")
    pair = len(parties_asked) == len(texts) == 1
    return Told(
        answer(engine, parties_asked[0], texts[0], on) if pair else "",
        "" if found else " ".join(stands_to(engine, party, on) for party in parties_asked),
    )


def _asked(engine: Engine, question: Question, values: Mapping[str, str], kind: Kind) -> list[str]:
    """The things of a kind (IRIs) that a question asks about, each once, as far as the graph knows them."""
    found = {}
    for parameter in question.parameters:
        if parameter.type == kind:
            try:
                found[resolve(engine, kind, values.get(parameter.name) or parameter.default)] = True
            except LookupFailed:  # a default that this data set does not hold
                continue
    return list(found)


def _list(found: tuple[Adherence, ...]) -> str:
    return "; ".join(f"{a.instrument_label} ({phrases.state(a)})" for a in found)
