"""A site that is looked over tells its feeds and sitemaps, or is asked at the usual places; what robots.txt closes is left alone."""

from __future__ import annotations

import pytest

from mithaq.collect.discover import discover
from mithaq.collect.fetch import Answer
from mithaq.errors import InputError
from mithaq.lexicon.sources import Channel

SITE = "https://port.example/"
FEED = b"<rss version='2.0'><channel><title>x</title><item><title>A</title><link>/news/1</link></item></channel></rss>"
MAP = b"<urlset><url><loc>https://port.example/news/1</loc></url></urlset>"
FRONT = (
    b"<html lang='fr-FR'><head><title>Port | Accueil</title><meta property='og:site_name' content='Journal du Port'>"
    b"<link rel='alternate' type='application/rss+xml' href='/flux.xml'><link rel='alternate' type='application/rss+xml' href='/same.xml'>"
    b"<link rel='alternate' hreflang='ar' href='/ar'></head><body><nav><a href='/eco'>Eco</a></nav></body></html>"
)
LINKS = b"".join(b"<a href='/eco/%d'>A headline of more than four words %d</a>" % (1000 + n, n) for n in range(6))
LIST = b"<html><body>" + LINKS + b"</body></html>"


class World:
    """Answers by path; everything else is 404."""

    def __init__(self, **pages: bytes) -> None:
        self.pages = {name.replace("__", ".").replace("_", "/") if name != "root" else "": body for name, body in pages.items()}
        self.asked: list[str] = []

    def __call__(self, url: str) -> Answer:
        path = url.removeprefix(SITE)
        self.asked.append(path)
        body = self.pages.get(path)
        return Answer(url=url, status=200 if body is not None else 404, headers={}, data=body or b"", retrieved="2025-01-01T00:00:00+00:00")


def test_feeds_that_the_page_names_and_sitemaps_of_robots_txt() -> None:
    world = World(root=FRONT, flux__xml=FEED, same__xml=FEED, robots__txt=b"Sitemap: https://port.example/news.xml", news__xml=MAP)
    found = discover(SITE, world)
    assert (found.title, found.language) == ("Journal du Port", "fr")
    # Two addresses of one feed are one.
    assert found.channels == (
        Channel("feed", SITE + "flux.xml", "fr", True),
        Channel("sitemap", SITE + "news.xml", None, True),
    )


def test_usual_places_are_tried_where_nothing_is_named() -> None:
    world = World(root=b"<html><title>Port</title></html>", feed=FEED, sitemap__xml=MAP)
    found = discover(SITE, world)
    assert [(c.kind, c.address) for c in found.channels] == [("feed", SITE + "feed"), ("sitemap", SITE + "sitemap.xml")]
    assert found.language is None and "robots.txt" in world.asked


def test_sections_stand_in_where_there_is_no_feed() -> None:
    found = discover(SITE, World(root=FRONT.replace(b"alternate", b"other"), eco=LIST))
    assert [(c.kind, c.address) for c in found.channels] == [("section", SITE + "eco")]


def test_what_a_site_closes_is_left_alone() -> None:
    with pytest.raises(InputError, match=r"robots\.txt asks programs not to"):
        discover(SITE, World(root=FRONT, robots__txt=b"User-agent: *\nDisallow: /"))
    world = World(root=FRONT, flux__xml=FEED, same__xml=FEED + b" ", robots__txt=b"User-agent: *\nDisallow: /flux")
    assert [c.address for c in discover(SITE, world).channels] == [SITE + "same.xml"] and "flux.xml" not in world.asked


def test_no_page_is_told() -> None:
    with pytest.raises(InputError, match=r"does not give this page \(404\)"):
        discover(SITE, World())
