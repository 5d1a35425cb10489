"""What the office shows on Plone sites: where, which pages, and what is to be done to bring them there. Pure."""
