"""Reading SuiteQL: sqlglot's Oracle dialect, without what SuiteQL has not and with every function by its own name."""

from collections.abc import Sequence
from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.oracle import Oracle
from sqlglot.errors import SqlglotError
from sqlglot.parsers.oracle import OracleParser
from sqlglot.tokenizer_core import Token, TokenType

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.netsuite.suiteql.refusal import invalid

DEEPEST = 40
"""Levels of parentheses and cases: reading a query, and running it, recurs that deep."""
LONGEST = 20_000
"""Words and marks of a query."""
_KEPT_FUNCTIONS = ("CAST", "EXTRACT", "TRIM")
_FOREIGN = frozenset(
    (
        TokenType.LIMIT, TokenType.DCOLON, TokenType.L_BRACKET, TokenType.R_BRACKET, TokenType.L_BRACE,
        TokenType.R_BRACE, TokenType.COLON, TokenType.ISNULL, TokenType.NOTNULL, TokenType.DAMP, TokenType.ARROW,
        TokenType.NATIONAL_STRING, TokenType.RAW_STRING, TokenType.INTO, TokenType.RECURSIVE,
    )
)  # fmt: skip
"""What sqlglot would read, and SuiteQL does not know: other databases' words and marks."""
_HOW = ("on", "using", "method", "side", "kind")
"""Parts of a join that was written with JOIN."""


class SuiteQL(Oracle):
    """Oracle's SQL with ``TOP``. Functions stay as they were written: which of them exist is for us to say."""

    class Tokenizer(Oracle.Tokenizer):
        """Oracle's words, and ``TOP``."""

        KEYWORDS: ClassVar[dict[str, TokenType]] = {**Oracle.Tokenizer.KEYWORDS, "TOP": TokenType.TOP}

    class Parser(OracleParser):
        """Oracle's grammar, in which nothing is turned into something of the same meaning."""

        FUNCTIONS: ClassVar[dict[str, Any]] = {}
        FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {
            name: read for name, read in OracleParser.FUNCTION_PARSERS.items() if name in _KEPT_FUNCTIONS
        }
        NO_PAREN_FUNCTIONS: ClassVar[dict[TokenType, Any]] = {}
        NO_PAREN_FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {
            name: OracleParser.NO_PAREN_FUNCTION_PARSERS[name] for name in ("CASE", "PRIOR")
        }
        PLACEHOLDER_PARSERS: ClassVar[dict[TokenType, Any]] = {
            **OracleParser.PLACEHOLDER_PARSERS,
            TokenType.PLACEHOLDER: lambda self: exp.Placeholder(this=str(self._prev.start)),
        }


def parse(text: str) -> exp.Expr:
    """Read a query; placeholders carry their place in the text.

    Raises:
        InvalidParameter: it is no SuiteQL.
        Unsimulated: it may be, or it is too long or too deep for the fake.

    """
    if any("\ud800" <= letter <= "\udfff" for letter in text):  # half a character: no text holds it
        raise invalid()
    try:
        words = SuiteQL().tokenize(text)
        _check(words)
        (query,) = SuiteQL().parser().parse(words, text)
    except (SqlglotError, ValueError):
        raise invalid() from None
    except RecursionError:
        raise Unsimulated("a SuiteQL query that nests so deep") from None
    if not isinstance(query, exp.Query) or not _joins(query, words):
        raise invalid()
    return query


def _joins(query: exp.Query, words: Sequence[Token]) -> bool:
    """Tell whether every JOIN says how: sqlglot reads one without ON like a comma."""
    joins = [join for join in query.find_all(exp.Join) if any(join.args.get(name) for name in _HOW)]
    return len(joins) == sum(word.token_type is TokenType.JOIN for word in words)


def _check(words: Sequence[Token]) -> None:
    if len(words) > LONGEST:
        raise Unsimulated(f"a SuiteQL query of more than {LONGEST} words")
    _check_depth(words)
    if any(word.token_type in _FOREIGN or word.text == "==" for word in words):
        raise invalid()
    _check_unsure(words)
    if not words or words[0].token_type not in (TokenType.SELECT, TokenType.WITH, TokenType.L_PAREN):
        raise invalid()


def _check_unsure(words: Sequence[Token]) -> None:
    """Say aloud what the facts do not say of SuiteQL over REST: a semicolon at the end, EXCEPT for MINUS."""
    ends = [word.token_type is TokenType.SEMICOLON for word in words]
    if any(ends[:-1]):
        raise invalid()
    if ends and ends[-1]:
        raise Unsimulated("a semicolon in SuiteQL")
    if any(word.token_type is TokenType.EXCEPT and word.text.upper() == "EXCEPT" for word in words):
        raise Unsimulated("EXCEPT in SuiteQL")


def _check_depth(words: Sequence[Token]) -> None:
    depth = 0
    for word in words:
        opens = word.token_type in (TokenType.L_PAREN, TokenType.CASE)
        depth += opens - (word.token_type in (TokenType.R_PAREN, TokenType.END))
        if depth > DEEPEST:
            raise Unsimulated(f"a SuiteQL query that nests deeper than {DEEPEST} levels")
