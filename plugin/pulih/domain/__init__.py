"""The rules, in plain Python. No IO, no clock, no framework: time and people are passed in."""
