"""The floor: one Flask view that says "ok", on the same server with the same settings."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def ok() -> str:
    return "ok"


@app.get("/healthz")
def alive() -> str:
    return "ok"
