"""Pages for people: the hosted payment page and a dashboard for developers. No script, one stylesheet."""
