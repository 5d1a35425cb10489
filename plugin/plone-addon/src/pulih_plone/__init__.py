"""An OPD's network faults on the office's Plone site, told by the desk of Pulih."""
