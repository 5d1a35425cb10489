"""Passes over Plone sites: asked for whenever something is to be published, and looked for every ten minutes.

A pass is made beside all else: nothing of the wiki or of a diagnostic run waits for a Plone site, and what fails there
is that site's own to tell. That only one pass is made at a time is seen to by who makes it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from huey import crontab

from pulih.errors import Unavailable
from pulih.jobs.queue import Queue

log = logging.getLogger(__name__)

_SOON = 10  # seconds; who asks meanwhile shares that pass

# Makes a pass over a target; says in how many seconds it wants to be asked again, None for not by itself.
Pass = Callable[[str], float | None]


def _none(_target: str) -> None:
    """Stand for a pass where none is made."""


class Passes:
    """Asks for passes, and makes them where a worker runs.

    Args:
        queue: From `open_queue`.
    """

    def __init__(self, queue: Queue) -> None:
        self._queue, self._huey = queue, queue.huey
        self._make: Pass = _none
        self._targets: Callable[[], Iterable[str]] = tuple
        self._ask_one = self._huey.task(name="plone")(self._do)
        self._ask_each = self._huey.task(name="plone-each")(self._do_each)
        every = self._huey.periodic_task(crontab(minute="*/10"), name="look-plone", expires=60)
        every(self._look)

    def bind(self, make: Pass, targets: Callable[[], Iterable[str]]) -> None:
        """Say how a pass is made, and which targets there are that may have one now."""
        self._make, self._targets = make, targets

    def ask(self, target: str = "") -> None:
        """Ask for a pass over a target, or over each. Those who ask before it begins share one."""
        if self._huey.put_if_empty(_asked(target), data=True):
            self._put(target)

    def _put(self, target: str) -> None:
        if target:
            self._ask_one(target)
        else:
            self._ask_each()

    def _look(self) -> None:
        """Ask for each again, even where that was asked: whoever was told may have been killed at it."""
        self._put("")

    def _do_each(self) -> None:
        self._huey.delete(_asked(""))
        for target in self._targets():
            self._huey.delete(_asked(target))
            self._huey.delete(_later(target))
            self.ask(target)

    def _do(self, target: str, *, later: bool = False) -> None:
        self._huey.delete(_later(target) if later else _asked(target))
        try:
            wait = self._make(target)
        except Unavailable as error:
            log.warning("no pass over the Plone site %s: %s", target, error)
            return
        if wait is None:
            return
        later = wait > _SOON
        if self._huey.put_if_empty(_later(target) if later else _asked(target), data=True):
            self._ask_one.schedule((target,), {"later": later}, delay=wait)


def _asked(target: str) -> str:
    return f"plone-asked-{target}"


def _later(target: str) -> str:
    return f"plone-later-{target}"
