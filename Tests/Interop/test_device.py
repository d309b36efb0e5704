"""A meter served on a serial device that is already there, as on an RS-485 adapter to somebody's own master."""

import os

import pytest

import frames
from clients import ALL, Point
from ptypair import PtyPair

POWER = Point(12)


class Far:
    """The other end of the cable, for clients that want to know where a meter is."""

    is_tcp = False

    def __init__(self, cable, baud="9600"):
        self.path, self.ready = cable.far, {"baud": baud}


@pytest.mark.needs("mbpoll")
def test_three_clients_at_the_other_end_of_the_cable(start):
    with PtyPair() as cable:
        meter = start("eastron-sdm230", "--serial", cable.near, "--clock", "manual", "--power", "-2 kW")
        assert (meter.ready["kind"], meter.ready["path"]) == ("serial", cable.near)
        for name in ALL:
            assert ALL[name](Far(cable), POWER) == -2000
        meter.say(advance="1h")
        assert ALL["pymodbus"](Far(cable), Point(74)) == 2


def test_the_device_stays_when_the_meter_ends(start):
    with PtyPair() as cable:
        for _ in range(2):
            meter = start("eastron-sdm230", "--serial", cable.near, "--clock", "manual")
            with frames.Serial(cable.far) as client:
                assert client.ask(1, frames.read_request(12), 6)[:2].hex() == "0404"
            assert meter.end() == 0
            assert os.path.exists(cable.near)


def test_faults_of_the_line_befall_a_device_too(start):
    with PtyPair() as cable:
        meter = start("eastron-sdm230", "--serial", cable.near, "--clock", "manual", "--fault", "CL-09")
        with frames.Serial(cable.far) as client:
            client.write(frames.rtu(1, frames.read_request(12)))
            assert client.read(1, patience=0.3) == b""
            meter.say(fault="CL-09", on=False)
            assert client.ask(1, frames.read_request(12), 6)[:2].hex() == "0404"


def test_a_device_that_goes_ends_the_meter(start):
    """Exit code 7, and one line that says what happened."""
    with PtyPair() as cable:
        meter = start("eastron-sdm230", "--serial", cable.near)
        cable.unplug()
        assert meter.process.wait(10) == 7
        lines = meter.errors.rest()
        assert len(lines) == 1 and lines[0].startswith("error: BS-IO-06: "), lines


def test_a_device_that_another_meter_serves(start, run):
    with PtyPair() as cable:
        start("eastron-sdm230", "--serial", cable.near)
        ending = run("meter", "eastron-sdm120", "--serial", cable.near)
        assert ending.code == 7 and "BS-IO-03" in ending.err, ending
