"""`backspin read --protocol iec62056-21` reads meters by another hand, telegrams with the oddities of the field among
them: every digit as it was written, or a failure that says what is wrong.
"""

import json

import pytest

from strangers import stranger
from telegrams import TELEGRAMS

PROTOCOL = ["--protocol", "iec62056-21"]


def where(place):
    return ["--tcp", f"127.0.0.1:{place}"] if isinstance(place, int) else ["--serial", place]


def read(run, place, *words):
    ending = run("read", *PROTOCOL, *where(place), *words, "--json")
    assert ending.code == 0, ending
    return json.loads(ending.out)


def digits(reading):
    return {one["address"]: one for one in reading["values"] if one["index"] == 0}


def agrees(reading, telegram):
    values = digits(reading)
    for address, text, unit in telegram.values:
        one = values[address]
        assert one["text"] == text
        if unit is None:
            assert one["unitIsAssumed"] == (one["unit"] != "")
        else:
            assert (one["unit"], one["unitIsAssumed"]) == (unit, False)


@pytest.mark.parametrize("name", TELEGRAMS)
def test_a_telegram_to_the_digit(name, run):
    telegram = TELEGRAMS[name]
    with stranger("replica_meter.py", "tcp", name) as port:
        reading = read(run, port)
    agrees(reading, telegram)
    assert telegram.identification.decode().lstrip("/") in reading["identity"]
    assert {one["protection"] for one in reading["values"]} == {"checked"}


@pytest.mark.parametrize("name", ["plain", "full-codes"])
def test_at_300_baud_and_then_faster(name, run, link):
    with stranger("replica_meter.py", link, name) as path:
        agrees(read(run, path), TELEGRAMS[name])


@pytest.mark.parametrize("mode, speed", [("A", "7"), ("B", "E")])
def test_modes_without_acknowledgement(mode, speed, run):
    with stranger("replica_meter.py", "tcp", "bare-lf", f"mode={mode}", f"speed={speed}") as path:
        agrees(read(run, path, "--mode", mode.lower()), TELEGRAMS["bare-lf"])


def test_a_push_is_marked_as_unprotected(run):
    with stranger("replica_meter.py", "tcp", "full-codes", "mode=D", "speed=3") as port:
        reading = read(run, port, "--mode", "d")
    agrees(reading, TELEGRAMS["full-codes"])
    assert {one["protection"] for one in reading["values"]} == {"unprotected"}


def test_a_wrong_check_is_repaired(run):
    """The block comes again for a NAK."""
    with stranger("replica_meter.py", "tcp", "plain", "wrong-bcc=1") as port:
        agrees(read(run, port), TELEGRAMS["plain"])


def test_a_check_that_stays_wrong_gives_no_number(run):
    with stranger("replica_meter.py", "tcp", "plain", "wrong-bcc=100") as port:
        ending = run("read", *PROTOCOL, *where(port), "--json")
    assert ending.code == 1 and ending.out == "" and "(checksum)" in ending.err, ending


def test_a_meter_that_agrees_and_stays_at_300(run, link):
    """It is read all the same, or said to be unreadable: what comes at the wrong speed is no number."""
    with stranger("replica_meter.py", link, "full-codes", "stays=1") as path:
        ending = run("read", *PROTOCOL, *where(path), "--json")
    if ending.code == 0:
        return agrees(json.loads(ending.out), TELEGRAMS["full-codes"])
    assert ending.code in (1, 7) and ending.out == "", ending


def test_single_registers_behind_a_password(run):
    with stranger("replica_meter.py", "tcp", "plain") as port:
        reading = read(run, port, "--password", "00000000", "--registers", "1.8.0,2.8.0")
    values = digits(reading)
    assert set(values) == {"1.8.0", "2.8.0"}
    assert (values["1.8.0"]["text"], values["2.8.0"]["text"]) == ("005467.89", "000012.30")


def test_a_wrong_password(run):
    with stranger("replica_meter.py", "tcp", "plain") as port:
        ending = run("read", *PROTOCOL, *where(port), "--password", "11111111", "--registers", "1.8.0")
    assert ending.code == 1 and "(authentication)" in ending.err and "5467" not in ending.out, ending


def test_a_serial_port_over_the_network(run, link):
    """RFC 2217 by pyserial: the speed is changed at the far end."""
    with stranger("replica_meter.py", link, "full-codes") as path, stranger("rfc2217_server.py", path) as port:
        ending = run("read", *PROTOCOL, "--serial", f"rfc2217://127.0.0.1:{port}", "--json")
    assert ending.code == 0, ending
    agrees(json.loads(ending.out), TELEGRAMS["full-codes"])
