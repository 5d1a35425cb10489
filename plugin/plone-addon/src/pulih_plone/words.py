"""Sentences that people read. Their source is Indonesian; locales/ has them in English."""

from __future__ import annotations

from zope.i18nmessageid import MessageFactory

_ = MessageFactory("pulih.plone")
