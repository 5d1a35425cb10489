"""Adapters of `Publisher`: articles become Markdown, Markdown becomes the wiki. Nothing here opens the store.

`literal`, `addresses`, `page`, `indexes`, `flow` and `sop_page` are pure: values in, text out. Only `files` and `site`
touch the disk, and only `site` starts another program. A page never shows what an `Article` does not hold.
"""
