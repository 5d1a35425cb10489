"""Pulih: from an agency's fault letter to a wiki page the next technician finds."""
