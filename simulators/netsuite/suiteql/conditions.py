"""Conditions: true, false or unknown, as SQL has it. A value is no condition, and a condition no value."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlglot import exp

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.netsuite.suiteql.expressions import Expressions, check_parts, unbuilt
from greenroom.simulators.netsuite.suiteql.frame import Frame, Test, Value
from greenroom.simulators.netsuite.suiteql.patterns import is_like
from greenroom.simulators.netsuite.suiteql.refusal import invalid
from greenroom.simulators.netsuite.suiteql.values import order, text

LONGEST_LIST = 1000
"""Arguments of one IN: online help article_0824094533."""


class Conditions(Expressions):
    """Makes functions of conditions, too."""

    def test(self, node: exp.Expr) -> Test:
        """Make a function of a condition.

        Raises:
            InvalidParameter: it is none of SuiteQL's.
            Unsimulated: it is not built.

        """
        make = _MAKERS.get(type(node))
        if make is None:
            raise self._refused(node)
        check_parts(node)
        return make(self, node)

    def _refused(self, node: exp.Expr) -> Exception:
        if isinstance(node, exp.Anonymous):
            self.value(node)  # of functions that are conditions it says what they are
        return unbuilt(node)

    def _all(self, node: exp.And) -> Test:
        tests = [self.test(each) for each in node.flatten()]

        def run(frame: Frame) -> bool | None:
            unknown = False
            for test in tests:
                held = test(frame)
                if held is False:
                    return False
                unknown = unknown or held is None
            return None if unknown else True

        return run

    def _any(self, node: exp.Or) -> Test:
        tests = [self.test(each) for each in node.flatten()]

        def run(frame: Frame) -> bool | None:
            unknown = False
            for test in tests:
                held = test(frame)
                if held:
                    return True
                unknown = unknown or held is None
            return None if unknown else False

        return run

    def _not(self, node: exp.Not) -> Test:
        test = self.test(node.this)
        return lambda frame: None if (held := test(frame)) is None else not held

    def _compared(self, node: exp.Binary) -> Test:
        return self._comparison(node.left, node.right, _COMPARED[type(node)])

    def _comparison(self, left: exp.Expr, right: exp.Expr, holds: Callable[[int], bool]) -> Test:
        one, other, formats = self.value(left), self.value(right), self.query.formats

        def run(frame: Frame) -> bool | None:
            found = order(one(frame), other(frame), formats)
            return None if found is None else holds(found)

        return run

    def _between(self, node: exp.Between) -> Test:
        low = self._comparison(node.this, node.args["low"], lambda found: found >= 0)
        high = self._comparison(node.this, node.args["high"], lambda found: found <= 0)

        def run(frame: Frame) -> bool | None:
            held = (low(frame), high(frame))
            return False if False in held else None if None in held else True

        return run

    def _like(self, node: exp.Like, escape: exp.Expr | None = None) -> Test:
        value, pattern = self.value(node.this), self.value(node.expression)
        mark = None if escape is None else self._escape(escape)
        formats, negated = self.query.formats, bool(node.args.get("negate"))

        def run(frame: Frame) -> bool | None:
            subject, wanted = text(value(frame), formats), text(pattern(frame), formats)
            if subject is None or wanted is None:
                return None
            return is_like(self.query, subject, wanted, mark) != negated

        return run

    def _escape(self, node: exp.Expr) -> str:
        if not isinstance(node, exp.Literal) or not node.is_string or len(node.this) != 1:
            raise invalid()
        return str(node.this)

    def _escaped(self, node: exp.Escape) -> Test:
        if not isinstance(node.this, exp.Like):
            raise invalid()
        check_parts(node.this)
        return self._like(node.this, node.expression)

    def _is(self, node: exp.Is) -> Test:
        if not isinstance(node.expression, exp.Null):
            raise invalid()
        run = self.value(node.this)
        return lambda frame: run(frame) is None

    def _in(self, node: exp.In) -> Test:
        query = node.args.get("query")
        if query is None and (not node.expressions or len(node.expressions) > LONGEST_LIST):
            raise invalid()
        value = self.value(node.this)
        found = self._listed(node.expressions) if query is None else self._selected(query)
        return lambda frame: self._among(value(frame), found(frame))

    def _listed(self, nodes: list[exp.Expr]) -> Callable[[Frame], list[Value]]:
        runs = [self.value(each) for each in nodes]
        return lambda frame: [run(frame) for run in runs]

    def _selected(self, node: exp.Expr) -> Callable[[Frame], list[Value]]:
        made = self.subquery(node)
        if len(made.columns) != 1:
            raise invalid()
        return lambda frame: [row[0] for row in made.rows(frame)]

    def _among(self, value: Value, found: list[Value]) -> bool | None:
        self.query.budget.spend(len(found))
        held = {order(value, each, self.query.formats) for each in found}
        return True if 0 in held else None if None in held else False

    def _exists(self, node: exp.Exists) -> Test:
        made = self.subquery(node.this)
        return lambda frame: bool(made.rows(frame))


def conjuncts(node: exp.Expr | None) -> list[exp.Expr]:
    """Return the conditions that all must hold for a condition to hold."""
    if node is None:
        return []
    if isinstance(node, exp.Paren):
        return conjuncts(node.this)
    return [part for each in node.flatten() for part in conjuncts(each)] if isinstance(node, exp.And) else [node]


def refuse_marks(node: exp.Expr) -> None:
    """Refuse ``(+)`` where it does not join.

    Raises:
        Unsimulated: there is one.

    """
    if any(column.args.get("join_mark") for column in node.find_all(exp.Column)):
        raise Unsimulated("(+) elsewhere than in a comparison of two tables in SuiteQL")


_COMPARED: Mapping[type[exp.Expr], Callable[[int], bool]] = {
    exp.EQ: lambda found: found == 0,
    exp.NEQ: lambda found: found != 0,
    exp.GT: lambda found: found > 0,
    exp.GTE: lambda found: found >= 0,
    exp.LT: lambda found: found < 0,
    exp.LTE: lambda found: found <= 0,
}
_MAKERS: Mapping[type[exp.Expr], Callable[[Any, Any], Test]] = {
    exp.And: Conditions._all,  # noqa: SLF001 - the table of this class
    exp.Or: Conditions._any,  # noqa: SLF001
    exp.Not: Conditions._not,  # noqa: SLF001
    exp.Between: Conditions._between,  # noqa: SLF001
    exp.Escape: Conditions._escaped,  # noqa: SLF001
    exp.Exists: Conditions._exists,  # noqa: SLF001
    exp.In: Conditions._in,  # noqa: SLF001
    exp.Is: Conditions._is,  # noqa: SLF001
    exp.Like: Conditions._like,  # noqa: SLF001
    exp.Paren: lambda made, node: made.test(node.this),
    **dict.fromkeys(_COMPARED, Conditions._compared),  # noqa: SLF001
}
