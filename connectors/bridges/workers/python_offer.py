"""Which functions of a connector offer an interface, and how they are called: App Connect's inputs as keywords.

For the Python worker; standard library only, Python 3.8 or newer.
"""

import inspect
import re


def offer(holder, interface, required, optional):
    """Find an interface under its snake-case or its documented name, whichever takes the required inputs.

    Of the optional ones it gets those that it takes.
    """
    problem = None
    for name, spelled in ((snake_case(interface), snake_case), (interface, str)):
        function = getattr(holder, name, None)
        for inner in (True, False) if callable(function) else ():  # a decorator may take what the inner one does not
            try:
                signature = inspect.signature(function, follow_wrapped=inner)
                some, always = needed(signature, required, optional, spelled)
            except (TypeError, ValueError) as error:
                names = ", ".join(map(spelled, required))
                problem = problem or TypeError(f"{name} must take {names} as keywords: {error}")
            else:
                return called_by_keywords(function, {field: spelled(field) for field in (*required, *some)}, always)
    if problem:
        raise problem
    return None


def needed(signature, required, optional, spelled):
    """Return the optional inputs that a function takes, and which have no default; fail where it takes others."""
    some = taken(signature, optional, spelled)
    ready = [name for name, each in signature.parameters.items() if each.default is not inspect.Parameter.empty]
    always = [field for field in some if spelled(field) not in ready]
    signature.bind(**dict.fromkeys(map(spelled, (*required, *always))))
    return some, always


def called_by_keywords(function, names, always):
    """Return a function of App Connect's inputs; ``names`` says under which keyword each is passed.

    Those of ``always`` are None where they are absent; the others have defaults of their own.
    """
    absent = dict.fromkeys(always)

    def called(params):
        return function(**{names[f]: value for f, value in {**absent, **params}.items() if f in names})

    called.written = function
    return called


def taken(signature, optional, spelled):
    """Return the optional inputs that a function takes."""
    kinds = {parameter.kind for parameter in signature.parameters.values()}
    return [f for f in optional if inspect.Parameter.VAR_KEYWORD in kinds or spelled(f) in signature.parameters]


def snake_case(name):
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
