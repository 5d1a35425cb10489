"""Readers of what devices print: text to rows. Where ntc-templates can read it, it does.

A reader raises Unread where the text is not of the shape it knows; it never guesses.
"""
