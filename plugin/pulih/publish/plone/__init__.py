"""Puts cases on an office's Plone site."""
