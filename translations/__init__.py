"""The words of the store in other languages, and the command that gathers them: `make words`.

English is the source: a message is what stands in `_("…")`. `CODE/LC_MESSAGES/messages.po` holds what each is in
another language, sorted by message and without line numbers, so that two people who add words seldom meet in it.
"""
