"""Make the pictures of the documentation: the packaged pages, served, as a browser shows them in three languages.

    python docs/images/make_images.py

Needs Chromium or Chrome, and nothing from the network. Events and people on the pages are invented.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
PORT = 8931
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
STARTS = 30.0  # seconds in which the site must answer


class Picture(NamedTuple):
    """A picture: its name, the address on the site, width and height in pixels."""

    name: str
    address: str
    width: int
    height: int


PICTURES = (
    Picture("home.ar", "/?lang=ar", 1200, 900),
    Picture("pair.fr", "/pair/JO/MR?lang=fr", 1200, 900),
    Picture("ledger.en", "/ledger?country=MR&lang=en", 1200, 900),
    Picture("graph.fr", "/graph?lang=fr", 1200, 1000),
    Picture("map.ar", "/map?lang=ar", 1200, 1000),
    Picture("phone.ar", "/pair/JO/MR?lang=ar", 390, 800),
)


def browser() -> str:
    """Return the path of a browser; leaves with a message when there is none."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        sys.exit(f"no browser here: install one of {', '.join(BROWSERS)}")
    return found


def wait_for(address: str) -> None:
    """Return as soon as the site answers; leaves with a message when it does not."""
    until = time.monotonic() + STARTS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                answer.read()
            return
        except OSError:
            time.sleep(0.3)
    sys.exit(f"{address} does not answer after {STARTS:.0f} s")


def take(picture: Picture, site: str, profile: Path) -> None:
    """Write one picture beside this file."""
    file = HERE / f"{picture.name}.png"
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={profile}")
    size = f"--window-size={picture.width},{picture.height}"
    command = [browser(), *options, size, f"--screenshot={file}", site + picture.address]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
    print(f"{file.name}: {file.stat().st_size // 1024} kB")


def main() -> None:
    """Read the packaged pages into a folder for the purpose, serve it, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "mithaq", "demo", "--output", f"{folder}/demo"], check=True, stdout=subprocess.DEVNULL)
        serve = [sys.executable, "-m", "mithaq", "serve", "--workspace", f"{folder}/demo/workspace", "--port", str(PORT)]
        with subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                site = f"http://127.0.0.1:{PORT}"
                wait_for(site + "/")
                for picture in PICTURES:
                    take(picture, site, Path(folder) / "profile")
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
