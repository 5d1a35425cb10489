"""What people see in Plone's Classic UI. Without JavaScript, from 360 pixels."""
