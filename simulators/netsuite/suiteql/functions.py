"""Which functions SuiteQL has: those that the fake runs, those that only NetSuite runs, those that NetSuite refuses.

Source: online help section_158513731864 (supported and unsupported functions), article_161950565221 (BUILTIN).
"""

from collections.abc import Mapping

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.netsuite.suiteql import dates, numbers, patterns, texts
from greenroom.simulators.netsuite.suiteql.function import Function
from greenroom.simulators.netsuite.suiteql.refusal import invalid

FUNCTIONS: Mapping[str, Function] = {**numbers.FUNCTIONS, **texts.FUNCTIONS, **patterns.FUNCTIONS, **dates.FUNCTIONS}
SUPPORTED = frozenset(
    (
        "ABS", "ACOS", "ADD_MONTHS", "APPROX_COUNT_DISTINCT", "ASCII", "ASCIISTR", "ASIN", "ATAN", "ATAN2", "AVG",
        "BFILENAME", "BITAND", "CEIL", "CHARTOROWID", "CHR", "COALESCE", "COMPOSE", "CONCAT", "CORR", "CORR_K",
        "CORR_S", "COS", "COSH", "COUNT", "COVAR_POP", "COVAR_SAMP", "CURRENT_DATE", "CURRENT_TIMESTAMP", "DECODE",
        "DECOMPOSE", "DENSE_RANK", "EMPTY_BLOB", "EMPTY_CLOB", "EXP", "FLOOR", "FROM_TZ", "GREATEST", "INITCAP",
        "INSTR", "LAST_DAY", "LEAST", "LENGTH", "LENGTH2", "LENGTH4", "LENGTHB", "LENGTHC", "LN", "LOCALTIMESTAMP",
        "LOG", "LOWER", "LPAD", "LTRIM", "MAX", "MEDIAN", "MIN", "MOD", "MONTHS_BETWEEN", "NANVL", "NEW_TIME",
        "NEXT_DAY", "NLSSORT", "NLS_INITCAP", "NLS_LOWER", "NLS_UPPER", "NULLIF", "NVL", "NVL2", "ORA_HASH", "POWER",
        "RANK", "REGEXP_INSTR", "REGEXP_REPLACE", "REGEXP_SUBSTR", "REMAINDER", "REPLACE", "ROUND", "ROW_NUMBER",
        "RPAD", "RTRIM", "SIGN", "SIN", "SINH", "SOUNDEX", "SQRT", "SUBSTR", "SUM", "SYS_EXTRACT_UTC", "TAN", "TANH",
        "TO_BINARY_DOUBLE", "TO_BINARY_FLOAT", "TO_CHAR", "TO_CLOB", "TO_DATE", "TO_MULTI_BYTE", "TO_NCHAR",
        "TO_NCLOB", "TO_NUMBER", "TO_SINGLE_BYTE", "TO_TIMESTAMP", "TO_TIMESTAMP_TZ", "TRANSLATE", "TRUNC",
        "TZ_OFFSET", "UNISTR", "UPPER", "VSIZE", "WIDTH_BUCKET",
    )
)  # fmt: skip
"""The documented list."""
UNLISTED = frozenset(
    (
        "BIN_TO_NUM", "CUME_DIST", "DUMP", "FIRST_VALUE", "GROUPING", "GROUP_ID", "HEXTORAW", "LAG", "LAST_VALUE",
        "LEAD", "LNNVL", "NTILE", "NUMTODSINTERVAL", "NUMTOYMINTERVAL", "PERCENTILE_CONT", "PERCENTILE_DISC",
        "PERCENT_RANK", "RATIO_TO_REPORT", "RAWTOHEX", "REGEXP_COUNT", "REGEXP_LIKE", "STANDARD_HASH", "STDDEV",
        "SYSTIMESTAMP", "TO_DSINTERVAL", "TO_YMINTERVAL", "TRIM", "VARIANCE", "XMLAGG",
    )
)  # fmt: skip
"""Functions of Oracle's on neither documented list, which is not complete: nobody recorded what SuiteQL does."""
BUILTINS = frozenset(
    (
        "CF", "CONSOLIDATE", "CURRENCY", "CURRENCY_CONVERT", "DF", "HIERARCHY", "MNFILTER", "NAMED_GROUP", "PERIOD",
        "RELATIVE_RANGES",
    )
)  # fmt: skip


def function(name: str, arguments: int) -> Function:
    """Return a function by its name.

    Raises:
        InvalidParameter: SuiteQL has none of the name, or not with so many arguments.
        Unsimulated: the fake has none.

    """
    found = FUNCTIONS.get(name)
    if found is None and name in SUPPORTED | UNLISTED:
        raise Unsimulated(f"the SuiteQL function {name}")
    if found is None or not found.least <= arguments <= found.most:
        raise invalid()
    return found


def builtin(name: str) -> None:
    """Refuse a built-in function other than DF.

    Raises:
        InvalidParameter: NetSuite has none of the name.
        Unsimulated: the fake has none.

    """
    if name != "DF":
        raise Unsimulated(f"the SuiteQL function BUILTIN.{name}") if name in BUILTINS else invalid()
