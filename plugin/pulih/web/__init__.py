"""The desk in the browser: parse, call, answer. A rule in here is in the wrong room."""
