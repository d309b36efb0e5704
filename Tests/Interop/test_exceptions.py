"""Answers byte for byte, refusals above all: "MODBUS Application Protocol" V1.1b3, section 7."""

import pytest

import frames

#: What is asked of an SDM230 (at most 60 registers, even addresses), and what must come back.
REFUSED = [
    ("function 1: it has no coils", "01 0000 0001", "81 01"),
    ("function 2: it has no discrete inputs", "02 0000 0001", "82 01"),
    ("function 5: it has no coils", "05 0000 FF00", "85 01"),
    ("function 6: the map has it not", "06 0014 0001", "86 01"),
    ("function 43: it says nothing of itself", "2B 0E 01 00", "AB 01"),
    ("an address behind its block", "04 0200 0002", "84 02"),
    ("an odd address", "04 0049 0002", "84 02"),
    ("a read that runs over the end of the block", "04 0158 0004", "84 02"),
    ("an odd number of registers", "04 0048 0003", "84 03"),
    ("no registers", "04 0048 0000", "84 03"),
    ("more registers than the meter gives", "04 0000 003E", "84 03"),
    ("more registers than Modbus has", "04 0000 007E", "84 03"),
    ("a setting that has not this value", "10 F920 0001 02 0009", "90 03"),
    ("half of a setting of two registers", "10 0014 0001 02 4000", "90 02"),
    ("an energy register, which cannot be written", "10 0048 0002 04 00000000", "90 02"),
    ("a byte count that does not fit", "10 F920 0001 04 00030003", "90 03"),
]


@pytest.mark.parametrize("asked, answer", [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refusal(asked, answer, start, place):
    meter = start("eastron-sdm230", *place, "--clock", "manual")
    with frames.open_at(meter) as client:
        assert client.ask(1, bytes.fromhex(asked), 2).hex(" ") == bytes.fromhex(answer).hex(" ")
        # And it still answers.
        assert client.ask(1, frames.read_request(12), 6) == bytes.fromhex("04 04 447A0000"), "1000 W"


def test_the_most_that_may_be_read(start, place):
    meter = start("eastron-sdm230", *place, "--clock", "manual")
    with frames.open_at(meter) as client:
        pdu = client.ask(1, frames.read_request(0, 60), 122)
        assert (len(pdu), pdu[:2].hex()) == (122, "0478")
        # 230 V stands first.
        assert pdu[2:6].hex() == "43660000"


@pytest.mark.parametrize("unit", [0, 2, 247, 248, 255])
def test_on_a_serial_line_nobody_answers_for_others(unit, start, link):
    """Other units, broadcasts, and frames with a bad checksum meet silence."""
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual")
    with frames.Serial(meter.path) as client:
        client.write(frames.rtu(unit, frames.read_request(12)))
        assert client.read(1, patience=0.3) == b""
        assert client.ask(1, frames.read_request(12), 6)[:2].hex() == "0404"


def test_a_bad_checksum_meets_silence(start, link):
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual")
    with frames.Serial(meter.path) as client:
        frame = frames.rtu(1, frames.read_request(12))
        client.write(frame[:-1] + bytes([frame[-1] ^ 1]))
        assert client.read(1, patience=0.3) == b""
        assert client.ask(1, frames.read_request(12), 6)[:2].hex() == "0404"


@pytest.mark.parametrize("unit", [0, 255])
def test_over_tcp_a_lone_meter_answers_for_the_server(unit, start):
    """Section 3.1.3: 255 (and 0) mean the server itself."""
    meter = start("eastron-sdm230", "--tcp", "127.0.0.1:0", "--clock", "manual")
    with frames.Tcp(meter.port) as client:
        assert client.ask(unit, frames.read_request(12))[:2].hex() == "0404"
        assert client.ask(2, frames.read_request(12)).hex() == "840a", "no path to another unit"
