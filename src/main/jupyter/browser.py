"""The Chromium of this machine, for whoever draws or looks at a page without a person."""
import shutil

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]


def find_browser():
    return next((path for path in map(shutil.which, BROWSERS) if path), None)
