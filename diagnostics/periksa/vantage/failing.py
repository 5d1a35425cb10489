"""Why a visit to a device fails, told from what the libraries raise. Knows them by name only.

netmiko says "timeout" to a refused connection, to a changed key and to old algorithms alike; what
really happened is what lay behind its exception.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class Failed(Exception):
    """There is no session, or no more.

    Attributes:
        result: In a word: refused, timeout, unreachable, key-changed, wrong-password, no-prompt,
            endless, asks, old-algorithms, closed or error.
    """

    def __init__(self, result: str, said: str = "") -> None:
        super().__init__(said or result)
        self.result = result


# The first that holds: what is said for certain stands before what may mean many things. Names of
# exceptions, of their bases too; or words in a message where the library has no exception for it.
CAUSES: tuple[tuple[str, frozenset[str], str], ...] = (
    ("key-changed", frozenset({"BadHostKeyException"}), "not found in known_hosts"),
    ("old-algorithms", frozenset({"IncompatiblePeer"}), ""),
    ("no-prompt", frozenset(), "Authentication timeout"),
    ("no-prompt", frozenset(), "No existing session"),  # the greeting did not come to an end
    ("wrong-password", frozenset({"TwiceAsked", "AuthenticationException"}), ""),
    ("asks", frozenset({"Barred"}), ""),
    ("endless", frozenset({"Endless"}), ""),
    ("refused", frozenset({"ConnectionRefusedError"}), ""),
    ("no-prompt", frozenset({"Late", "ReadTimeout", "ValueError"}), "protocol banner"),
    ("timeout", frozenset({"TimeoutError"}), "timed out"),
    ("closed", frozenset({"EOFError", "ConnectionError"}), "closed"),
    ("unreachable", frozenset({"OSError"}), ""),
    ("closed", frozenset({"SSHException"}), ""),
)


@contextmanager
def failures() -> Iterator[None]:
    """Whatever is raised in the block is Failed."""
    try:
        yield
    except Failed:
        raise
    except Exception as error:
        raise Failed(result_of(error), type(error).__name__) from error


def result_of(error: BaseException) -> str:
    """What happened, in a word."""
    errors = _behind(error)
    words = " ".join(map(str, errors))
    names = {base.__name__ for one in errors for base in type(one).__mro__}
    return next(
        (result for result, kinds, said in CAUSES if kinds & names or (said and said in words)),
        "error",
    )


def _behind(error: BaseException) -> Sequence[BaseException]:
    """The error and all that lay behind it."""
    found: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in found:
        found.append(at)
        each = getattr(at, "errors", None)  # one for each address that was tried
        found.extend(each.values() if isinstance(each, dict) else ())
        at = at.__cause__ or at.__context__
    return found
