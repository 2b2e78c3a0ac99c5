"""Trunks: nothing typed by a person may say anything to Asterisk but what it is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decroche.telephony.conf_floor import trunks_file
from decroche.telephony.trunk_config import (
    InvalidTrunk,
    NumberFormat,
    TrunkConfig,
    allowed_on,
    carrier_number,
    dial_string,
)
from decroche.telephony.trunks import parse_registrations

REAL = TrunkConfig(id=1, host="sip.example.net", username="u", secret="s", registers=True)
SIMULATOR = TrunkConfig(id=2, host="127.0.0.1", simulator=True)


@pytest.mark.parametrize(
    ("number_format", "written"), [("e164", "+33199001234"), ("00", "0033199001234"), ("national", "0199001234")]
)
def test_a_number_is_written_as_the_carrier_wants_it(number_format: NumberFormat, written: str) -> None:
    trunk = TrunkConfig(id=3, host="h.example", number_format=number_format)
    assert carrier_number(trunk, "+33199001234") == written
    assert dial_string(trunk, "+33199001234") == f"PJSIP/{written}@trunk-3"


def test_a_foreign_number_has_no_national_form() -> None:
    assert (
        carrier_number(TrunkConfig(id=3, host="h.example", number_format="national"), "+262262000000")
        == "00262262000000"
    )


@pytest.mark.parametrize("text", ["0199001234", "+33 1 99", "+33199001234@evil", "", "+33199001234&PJSIP/x"])
def test_what_is_no_number_is_never_dialed(text: str) -> None:
    with pytest.raises(ValueError):
        dial_string(REAL, text)


def test_a_real_trunk_refuses_fiction_and_the_simulator_everything_else() -> None:
    assert not allowed_on(REAL, "+33199001234")
    assert allowed_on(SIMULATOR, "+33199001234")
    assert allowed_on(REAL, "+33140000000")
    assert not allowed_on(SIMULATOR, "+33140000000")


@pytest.mark.parametrize(
    "fields",
    [
        {"secret": "a\nmax_contacts=9"},
        {"secret": "a;comment"},
        {"secret": ">x"},
        {"secret": " a"},
        {"username": "u@h"},
        {"username": "u\x00"},
        {"host": "h\n[x]"},
        {"host": "h;y"},
        {"host": "[::1"},
        {"port": 0},
        {"codecs": ()},
        {"codecs": ("alaw,ulaw",)},
        {"transport": "ws"},
        {"registers": True},
    ],
    ids=str,
)
def test_an_unusable_value_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidTrunk):
        TrunkConfig(**{"id": 1, "host": "sip.example.net", **fields})


@given(username=st.text(max_size=12), secret=st.text(max_size=12))
def test_no_secret_adds_a_line_to_the_file(username: str, secret: str) -> None:
    try:
        trunk = TrunkConfig(id=1, host="sip.example.net", username=username, secret=secret)
    except InvalidTrunk:
        return
    plain = TrunkConfig(id=1, host="sip.example.net", username="u" if username else "", secret="s")
    text, reference = (trunks_file([one], local_sip_port=8704) for one in (trunk, plain))
    assert text.count("\n") == reference.count("\n")
    assert len(text.splitlines()) == len(reference.splitlines())


def test_the_public_port_is_opened_for_a_real_trunk_only() -> None:
    assert "0.0.0.0" not in trunks_file([SIMULATOR], local_sip_port=8704)
    assert "bind=0.0.0.0:8708" in trunks_file([SIMULATOR, REAL], local_sip_port=8704)


def test_the_secret_is_not_in_what_a_log_would_show() -> None:
    assert "s3cret" not in repr(TrunkConfig(id=1, host="h.example", secret="s3cret"))


PRINTED = """
 <Registration/ServerURI..............................>  <Auth....................>  <Status.......>
==========================================================================================

 trunk-1/sip:127.0.0.1:8746                              trunk-1                     Registered        (exp. 254s)
 trunk-7/sip:127.0.0.1:8746                              trunk-7                     Rejected          (exp. 98s)
 trunk-12/sip:a-very-long-name-of-a-carrier.example.net  trunk-12                    Unregistered      (exp. 3s)

Objects found: 3
"""


def test_registrations_are_read_from_what_the_console_prints() -> None:
    assert parse_registrations(PRINTED) == {1: "registered", 7: "rejected", 12: "unregistered"}
    assert parse_registrations("No objects found.") == {}
