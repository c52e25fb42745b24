"""What people call the fields of a disclosure, and where a field belongs that stands at the wrong level."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from commitgraph.disclosure import characters, fields
from commitgraph.disclosure.fields import Field, Level
from commitgraph.near import did_you_mean, key, likely

#: Other names of fields. They count only where the field may stand, and where it does not stand yet.
_ALSO_CALLED = {
    "assurance": "assured verification attestation",
    "by": "assurer auditor verifier assured-by verified-by performed-by",
    "channel": "grievance-channel contact",
    "commitgraph": "format schema",
    "commitment": "provision promise pledge obligation",
    "date": "dated day issued",
    "description": "details summary text",
    "digest": "hash checksum sha256 sha-256 fingerprint",
    "entries": "entry commitments answers responses",
    "evidence": "evidences proof proofs documents sources references",
    "explanation": "note notes comment remark",
    "framework": "reporting-framework questionnaire",
    "from": "start start-date begin begins since",
    "involvement": "involved",
    "mitigation": "mitigations measure measures",
    "organisation": "organization company organisation-name organization-name org",
    "period": "reporting-period report-period reporting-year",
    "prepared-by": "author authors prepared preparer written-by",
    "public": "is-public publicly-available",
    "published": "publication-date date-published issued date",
    "reason": "justification rationale because why",
    "remedy": "remediation redress",
    "right": "human-right",
    "risks": "risk human-rights-risks",
    "role": "office position function job-title",
    "roles": "role value-chain-roles value-chain-role",
    "signed-off": "signoff sign-off signed signed-by approved approved-by approval",
    "stakeholders": "stakeholder",
    "statement": "response answer description narrative text",
    "status": "state",
    "supersedes": "replaces",
    "target-date": "deadline due due-date target",
    "title": "name heading",
    "to": "end end-date ends until till",
    "type": "kind category",
    "url": "link href uri website web-address",
    "version": "revision edition",
}
#: What people say with a field of their own that the format says in another way, or not at all.
_SAID_OTHERWISE = dict.fromkeys(
    ("confidential", "confidentiality", "internal", "private", "restricted", "secret"),
    "`public: false` says of a piece of evidence that not everybody can read it; "
    "`status: withheld` with a `reason:` says it of a whole answer",
)


def meant(name: str, level: Level, given: Collection[str]) -> Field | None:
    """The field of a level that goes by `name` there, if it is one and is not given already.

    Args:
        name: an unknown field name.
        level: the fields that may stand there.
        given: the names of the fields that stand there.
    """
    wanted = key(characters.plain(name))
    free = [field for field in level.fields.values() if field.key not in given]
    spelt = [field for field in free if key(field.key) == wanted]
    called = [field for field in free if wanted in _other_names(field.key)]
    found = spelt or called
    return found[0] if len(found) == 1 else None


def cure(name: str, level: Level, given: Collection[str]) -> str:
    """What to do about an unknown field.

    Args:
        name: what it is called.
        level: the fields that may stand there.
        given: the names of the fields that stand there.
    """
    field = meant(name, level, given)
    odd = characters.told(name)
    if field:
        return f"write `{field.key}`: {odd}" if odd else f"write `{field.key}` instead of `{name}`"
    seen = characters.plain(name)
    if seen in level.fields:
        return f"`{seen}` is given already; take one of the two away" + (f" ({odd})" if odd else "")
    if seen.lower() in _SAID_OTHERWISE:
        return _SAID_OTHERWISE[seen.lower()]
    near = likely(seen, sorted(level.fields))
    if not near and (there := [path for path, found in _everywhere() if found.key == seen and path]):
        return f"`{seen}` belongs into {' or '.join(f'`{path}`' for path in there)}"
    if not near and any(found.key == seen for path, found in _everywhere()):
        return f"`{seen}` stands at the top of a disclosure, not inside another field"
    return did_you_mean(seen, sorted(level.fields), called="Fields here")


@cache
def _other_names(known: str) -> set[str]:
    return {key(name) for name in _ALSO_CALLED.get(known, "").split()}


@cache
def _everywhere() -> tuple[tuple[str, Field], ...]:
    """Every field with the path to its level; the path is empty at the top."""

    def below(path: str, level: Level) -> Iterator[tuple[str, Field]]:
        for field in level.fields.values():
            yield path, field
            if field.level:
                yield from below(f"{path}.{field.key}".lstrip("."), field.level)

    return tuple(below("", fields.top()))
