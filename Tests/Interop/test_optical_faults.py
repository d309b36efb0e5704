"""Faults between our meters and readers by other hands: blocks that must be repeated, readers that vanish."""

import os
import signal
import subprocess
import sys
import time

from iec62056_21 import utils

import pytest
import serial

import optical_clients
from optical_meters import PROTOCOL, STILL, place_of
from shown import of

ACK_AND_HANG = """
import sys, time
sys.path.insert(0, sys.argv[1])
from optical_clients import Port
with Port(int(sys.argv[2]) if sys.argv[2].isdigit() else sys.argv[2]) as port:
    port.write(b"/?!\\r\\n")
    port.until(b"\\n")
    port.write(b"\\x06051\\r\\n")
    print("in", flush=True)
    time.sleep(60)
"""


@of("PR-10")
def test_a_wrong_check_is_repaired(start):
    """NAK brings the block again. (That of the iec62056-21 package loses the block's first character.)"""
    meter = start("iskra-mt174", "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL, "--fault", "PR-10,messages=1")
    with optical_clients.Port(meter.port) as port:
        port.write(b"/?!\r\n")
        port.until(b"\n")
        port.write(b"\x06050\r\n")
        first = port.until(b"\x03") + port.read()
        assert utils.calculate_bcc(first[1:-1]) != first[-1:]
        port.write(b"\x15")
        again = port.until(b"\x03") + port.read()
    assert first[:-1] == again[:-1] and utils.calculate_bcc(again[1:-1]) == again[-1:]


def test_a_reader_that_does_not_check_is_deceived(start):
    """Why the check is there: a digit differs, and a reader without it takes the number."""
    meter = start("iskra-mt174", "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL, "--fault", "PR-10,kind=digit")
    sets = dict(optical_clients.logger(meter.port)[1])
    assert sets["1-0:1.8.0*255"] == "0012345.678*kWh" and sets["1-0:0.0.0*255"] != "20000070"


def test_a_reader_that_is_killed_in_mid_session(start, place):
    """It opens programming mode and is gone; the next reader finds a meter that answers."""
    meter = start("iskra-mt174", *place, *PROTOCOL, *STILL)
    where = meter.port if meter.is_tcp else meter.path
    victim = subprocess.Popen(
        [sys.executable, "-c", ACK_AND_HANG, os.path.dirname(__file__), str(where)], stdout=subprocess.PIPE, text=True
    )
    assert victim.stdout.readline() == "in\n"
    victim.send_signal(signal.SIGKILL)
    victim.wait(10)
    victim.stdout.close()
    time.sleep(0.5)  # Whoever comes within the same few milliseconds is not told from the one who went.
    assert ("1-0:1.8.0*255", "0012345.678*kWh") in optical_clients.logger(where)[1]


IDENTIFICATION = b"/ISk5MT174-0001\r\n"
REQUEST, IMPORTED, EXPORTED = b"/?!\r\n", "0012345.678*kWh", "0000987.654*kWh"


def on_a_line(start, link):
    """A meter at 300 baud 7E1, as yet without a fault."""
    return start("iskra-mt174", "--serial", link, *PROTOCOL, *STILL)


def finish(port, said=bytes):
    """Takes the readout at 9600 baud, so that the meter is where every session begins; gives it."""
    port.write(said(b"\x06050\r\n"))
    return followed(port, said)


def followed(port, said=bytes):
    time.sleep(0.25)
    port.tune(9600)
    block = port.until(said(b"\x03"))
    port.read()
    port.write(said(b"\x06"))
    return block


def opening(meter):
    """What comes back of a request, to the end of the identification."""
    with optical_clients.Port(meter.path) as port:
        port.write(REQUEST)
        came = port.until(b"\n")
        finish(port)
    return came


@of("CL-04")
def test_a_meter_that_agrees_to_9600_and_stays_at_300(start, link):
    """What it says is garbage to a reader that kept to the agreement; the identification is as it should be."""
    meter = on_a_line(start, link)
    meter.say(fault="CL-04", on=True)
    with optical_clients.Port(meter.path) as port:
        port.write(REQUEST)
        assert port.until(b"\n") == IDENTIFICATION
        port.write(b"\x06050\r\n")
        time.sleep(0.25)
        port.tune(9600)
        garbage = b"".join(port.read(1) for _ in range(80))
        assert b"1.8.0" not in garbage and b"\n" not in garbage, garbage
        # There it is understood.
        port.tune(300)
        assert port.until(b"!\r\n\x03")
    meter.say(fault="CL-04", on=False)
    assert ("1-0:1.8.0*255", IMPORTED) in optical_clients.logger(meter.path)[1]


@of("CL-05")
def test_a_head_that_lights_its_own_receiver(start, link):
    meter = on_a_line(start, link)
    meter.say(fault="CL-05", on=True)
    with optical_clients.Port(meter.path) as port:
        port.write(REQUEST)
        assert port.until(b"\n") == REQUEST
        assert port.until(b"\n") == IDENTIFICATION
        # A reader that does not strip it takes its own acknowledgement for the meter's answer.
        port.write(b"\x06050\r\n")
        assert port.until(b"\n") == b"\x06050\r\n"
        meter.say(fault="CL-05", on=False)
        assert followed(port).startswith(b"\x021-0:0.0.0")
    assert opening(meter) == IDENTIFICATION


@of("CL-07")
@pytest.mark.parametrize("parity", ["none", "odd", "mark"])
def test_a_meter_whose_parity_bit_is_another(parity, start, link):
    """Seen by a reader that does parity in bit 7 itself."""
    wanted = {"none": lambda _: 0, "odd": lambda ones: 1 - ones % 2, "mark": lambda _: 1}[parity]

    def even(text):
        return bytes(one | one.bit_count() % 2 << 7 for one in text)

    meter = on_a_line(start, link)
    with optical_clients.Port(meter.path, bits=8, parity="N") as port:
        port.write(even(REQUEST))
        assert port.until(even(b"\n")) == even(IDENTIFICATION)
        finish(port, even)
    meter.say(fault="CL-07", on=True, **{"with": {"parity": parity}})
    with optical_clients.Port(meter.path, bits=8, parity="N") as port:
        port.write(even(REQUEST))
        came = b"".join(port.read(1) for _ in IDENTIFICATION)
    assert came == bytes(one | wanted(one.bit_count()) << 7 for one in IDENTIFICATION)


@of("CL-08")
def test_a_terminal_that_is_hung_up_for_a_while(start, link):
    """As a head that is pulled: an error in mid session, no such port, and a second later all is well."""
    meter = on_a_line(start, link)
    with optical_clients.Port(meter.path) as port:
        port.write(REQUEST)
        assert port.until(b"\n") == IDENTIFICATION
        meter.say(fault="CL-08", on=True, **{"with": {"gone": "1 s"}})
        with pytest.raises((OSError, serial.SerialException)):
            port.write(b"\x06050\r\n")
            port.read(1)
        assert not os.path.exists(link)
    until_there(lambda: os.path.exists(link))
    assert opening(meter) == IDENTIFICATION


@of("CL-08")
def test_a_connection_that_is_closed_for_a_while(start):
    meter = start("iskra-mt174", "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL)
    with optical_clients.Port(meter.port) as port:
        meter.say(fault="CL-08", on=True)
        with pytest.raises(ConnectionError):
            port.read(1)
    with pytest.raises(ConnectionRefusedError):
        optical_clients.Port(meter.port)
    meter.say(fault="CL-08", on=False)
    assert ("1-0:1.8.0*255", IMPORTED) in optical_clients.logger(meter.port)[1]


def until_there(is_there):
    end = time.monotonic() + 20
    while not is_there():
        assert time.monotonic() < end
        time.sleep(0.02)


@of("CL-10")
@pytest.mark.parametrize("kind, byte", [("nul", b"\0"), ("del", b"\x7f")])
def test_noise_before_the_identification(kind, byte, start, link):
    meter = on_a_line(start, link)
    meter.say(fault="CL-10", on=True, **{"with": {"kind": kind, "count": 5}})
    with optical_clients.Port(meter.path) as port:
        port.write(REQUEST)
        assert port.until(b"\n") == 5 * byte + IDENTIFICATION
        meter.say(fault="CL-10", on=False)
        assert finish(port).startswith(b"\x021-0:0.0.0")
    assert opening(meter) == IDENTIFICATION


@of("CL-11")
def test_an_answer_that_stops_in_its_middle(start, link):
    """A second of nothing after the fourth character; 33 ms between any two otherwise."""

    meter = on_a_line(start, link)

    def pauses():
        """Seconds between the characters of an identification."""
        with optical_clients.Port(meter.path) as port:
            port.write(REQUEST)
            came, stamps = b"", []
            while not came.endswith(b"\n"):
                came += port.read(1)
                stamps.append(time.monotonic())
            if "CL-11" in meter.say(registers=True)["faults"]:
                meter.say(fault="CL-11", on=False)
            finish(port)
        assert came == IDENTIFICATION
        return [later - earlier for earlier, later in zip(stamps, stamps[1:], strict=False)]

    meter.say(fault="CL-11", on=True, **{"with": {"after": 4, "gap": "1 s"}})
    with_gap = pauses()
    # A busy machine hands late what came in time: the gap itself may look a little shorter.
    assert with_gap.index(max(with_gap)) == 3 and max(with_gap) > 0.8, with_gap
    assert max(pauses()) < 0.8


@of("PR-09")
def test_a_list_whose_addresses_lie(start, place):
    """Export stands where import should: each number is sound, and only the name of it is wrong."""
    meter = start("iskra-mt174", *place, *PROTOCOL, *STILL)
    names = ["1-0:1.8.0*255", "1-0:2.8.0*255"]

    def told():
        sets = dict(optical_clients.logger(place_of(meter))[1])
        return [sets.get(name) for name in names]

    meter.say(fault="PR-09", on=True, **{"with": {"kind": "swapped"}})
    assert told() == [EXPORTED, IMPORTED]
    meter.say(fault="PR-09", on=False)
    meter.say(fault="PR-09", on=True, **{"with": {"kind": "missing"}})
    assert told() == [IMPORTED, None]
    meter.say(fault="PR-09", on=False)
    assert told() == [IMPORTED, EXPORTED]
