"""`backspin read --protocol dlms` reads a DLMS meter by other hands: over HDLC and the wrapper, without security, with a
password, with GMAC; in one answer and in many blocks.
"""

import json

import pytest

import dlms_meter
import dlms_objects

KEYS = ["--key-encryption", dlms_meter.KEY.hex(), "--key-authentication", dlms_meter.AUTHENTICATION_KEY.hex()]
WORDS = {
    "none": [], "lls": ["--auth", "low", "--password", dlms_meter.PASSWORD.decode()], "gmac": ["--auth", "gmac", *KEYS],
}


def read(run, port, link, mechanism, *words):
    protocol = "dlms-hdlc" if link == "hdlc" else "dlms"
    return run("read", "--protocol", protocol, "--tcp", f"127.0.0.1:{port}", *WORDS[mechanism], *words, "--json")


@pytest.mark.parametrize("link", ["wrapper", "hdlc"])
@pytest.mark.parametrize("mechanism", WORDS)
def test_all_registers(link, mechanism, run):
    with dlms_meter.running(link, mechanism, block=300) as port:
        ending = read(run, port, link, mechanism)
    assert ending.code == 0, ending
    values = {one["address"]: one for one in json.loads(ending.out)["values"]}
    found = {name: (one["text"], one["unit"]) for name, one in values.items()}
    assert found["1-0:1.8.0*255"] == ("123456789", "Wh")
    assert found["1-0:2.8.0*255"] == ("9876543", "Wh")
    protection = {"gmac": "authenticated"}.get(mechanism, "checked" if link == "hdlc" else "unprotected")
    assert values["1-0:1.8.0*255"]["protection"] == protection


def rows_of(ending):
    assert ending.code == 0, ending
    return [[row["end"], *[int(one["text"]) for one in row["values"]]] for row in json.loads(ending.out)["profile"]]


def expected(rows):
    return [[f"{one[0]:%Y-%m-%dT%H:%MZ}", *one[2:]] for one in rows]


@pytest.mark.parametrize("link, mechanism", [("wrapper", "none"), ("hdlc", "none"), ("wrapper", "gmac")])
def test_half_hours(link, mechanism, run):
    rows = dlms_objects.Objects(96).rows
    with dlms_meter.running(link, mechanism, block=300) as port:
        by_date = read(
            run, port, link, mechanism, "--load-profile",
            "--from", f"{rows[10][0]:%Y-%m-%dT%H:%MZ}", "--to", f"{rows[60][0]:%Y-%m-%dT%H:%MZ}",
        )
        by_number = read(run, port, link, mechanism, "--load-profile", "--entries", "5-12")
    assert rows_of(by_date) == expected(rows[10:61])
    assert rows_of(by_number) == expected(rows[4:12])


def test_a_wrong_password(run):
    with dlms_meter.running("wrapper", "lls") as port:
        ending = run("read", "--protocol", "dlms", "--tcp", f"127.0.0.1:{port}", "--auth", "low", "--password", "wrong")
    assert ending.code == 1 and "(authentication)" in ending.err and ending.out == "", ending


def test_a_meter_that_wants_more(run):
    """Without security where GMAC is wanted: refused, and said so."""
    with dlms_meter.running("wrapper", "gmac") as port:
        ending = read(run, port, "wrapper", "none")
    assert ending.code == 1 and ending.out == "" and len(ending.error_lines) == 1, ending


def test_a_wrong_key(run):
    with dlms_meter.running("wrapper", "gmac") as port:
        ending = run(
            "read", "--protocol", "dlms", "--tcp", f"127.0.0.1:{port}", "--auth", "gmac",
            "--key-encryption", "00" * 16, "--key-authentication", dlms_meter.AUTHENTICATION_KEY.hex(),
        )
    assert ending.code == 1 and "(authentication)" in ending.err and ending.out == "", ending
