"""Requests whose length is not said beforehand: some programs (.NET's JSON, Node's streams) always send them so."""

import io

from decroche.config.whole_requests import with_their_length


def read_by_django(environ):
    """What Django would read: so many bytes as are announced."""
    seen = []

    def application(environ, start_response):
        seen.append(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        return []

    with_their_length(application)(environ, lambda *_: None)
    return seen[0]


def test_a_body_in_chunks_is_read():
    environ = {"HTTP_TRANSFER_ENCODING": "Chunked", "wsgi.input": io.BytesIO(b'{"last_name": "Petit"}')}
    assert read_by_django(environ) == b'{"last_name": "Petit"}'


def test_a_body_of_a_known_length_is_not_read_twice():
    environ = {"CONTENT_LENGTH": "2", "wsgi.input": io.BytesIO(b"{} and what another request sends")}
    assert read_by_django(environ) == b"{}"
