"""Looking from elsewhere: through a login on a device, or through a PC's own eyes.

Read-only by construction. What may be said to a device is data (``platforms``), its blanks are
typed (``phrases``), and every line on its way out passes a gate that knows the lines which may
(``gate``). Nothing else here can write to a device.
"""
