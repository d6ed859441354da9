"""Letters: written from templates, kept before they are sent, and sent once.

Words: a *letter* is a mail we decided to send, with the text as it goes out; it is promised by its key in the same
transaction as its cause and sent by the worker over SMTP, or into a folder where no SMTP is set.
Invariants: one letter per (kind, key); its Message-ID is fixed when it is written, so a mail that is sent twice
by a crash at the worst moment is recognised as the same by every mail program.
"""
