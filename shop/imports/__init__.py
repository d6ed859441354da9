"""Files with numbers of stock that came in: read, compared, applied in one piece, or dropped.

Words: a *dry run* says what each row would change, and changes nothing; a row that makes no sense has a *problem* and
changes nothing either. States: uploaded (to be read), ready (compared), applying, applied, dropped, refused (not a file
of ours).
"""
