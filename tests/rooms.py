"""The import rule of the house, for import-linter: each room names the rooms that it may import directly.

A room is a module or package right below the contract's package (`bot` where it names none). One without a line breaks the rule, so a new room has to
say where it belongs; so does a line that allows what nobody uses.
"""

from __future__ import annotations

from collections.abc import Iterable

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

ROOT = "bot"


class Rooms(Contract):
    """`rooms` is a list of lines such as "outbox: news store"; `package` is what the rooms are in."""

    type_name = "rooms"

    rooms = fields.ListField(subfield=fields.StringField())
    package = fields.StringField(required=False, default=ROOT)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        complaints = sorted(found(graph, allowed(self.rooms), self.package))  # type: ignore[arg-type]
        return ContractCheck(kept=not complaints, metadata={"complaints": complaints})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for complaint in check.metadata["complaints"]:
            output.print_error(complaint)


def allowed(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    """
    >>> allowed(["outbox: news store", "news:"])["news"]
    frozenset()
    """
    pairs = (line.partition(":") for line in lines)
    return {room.strip(): frozenset(others.split()) for room, _, others in pairs}


def found(graph: ImportGraph, rule: dict[str, frozenset[str]], package: str = ROOT) -> Iterable[str]:
    """What breaks the rule, a line each."""
    used: set[tuple[str, str]] = set()
    for module in graph.modules:
        here = room(module, package)
        if not here:
            continue
        if here not in rule:
            yield f"{here}: a room without a line; say in pyproject.toml what it may import"
            continue
        for imported in graph.find_modules_directly_imported_by(module):
            there = room(imported, package)
            used.add((here, there))
            if there not in ("", here) and there not in rule[here]:
                yield f"{module} imports {imported}: {here} may import {', '.join(sorted(rule[here])) or 'nothing'}"
    for here, others in rule.items():
        for there in others:
            if (here, there) not in used:
                yield f"{here}: may import {there}, but does not: remove it from the line"


def room(module: str, package: str = ROOT) -> str:
    """The room of a package that a module is in, "" for the package itself and what lies outside.

    >>> room("bot.news.figures.claims.claim"), room("bot.news.figures.extract", "bot.news"), room("bot")
    ('news', 'figures', '')
    """
    inside = module.removeprefix(f"{package}.")
    return "" if inside == module else inside.partition(".")[0]
