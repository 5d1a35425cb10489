"""Talking with the desk. Standard library only: nothing in here knows Plone."""
