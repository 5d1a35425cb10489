"""The same answers for Volto, whose frontend asks Plone's REST API."""
