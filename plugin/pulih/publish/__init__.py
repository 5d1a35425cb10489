"""Adapters of `Publisher`: articles become Markdown, Markdown becomes the wiki. Nothing here opens the store.

`literal`, `addresses`, `page`, `indexes`, `flow` and `sop_page` are pure: values in, text out. `making` and `files`
keep the Markdown on disk, `builder` and `whole` render it, `change` and `trees` put the next site in place; `site` is
what the rest of the house sees. A page never shows what an `Article` does not hold.
"""
