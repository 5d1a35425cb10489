"""Periksa: what is wrong with a network path, and on what evidence.

Forbidden here: tickets, people, agencies or anything else of pulih; and raising because a host
did not answer. A probe that fails is a finding.
"""
