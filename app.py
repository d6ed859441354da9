"""The store as a WSGI application: `gunicorn app:app`, or `flask --app app …` for its commands."""

from shop.factory import create_app

app = create_app()
