"""The running store in a real Chromium; `pytest -m browser`."""
