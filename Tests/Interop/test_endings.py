"""A meter ends when it is told to, with exit code 0, and leaves nothing behind."""

import os
import signal
import subprocess

import pytest

import frames
from clients import ALL, Point

WAYS = ["SIGINT", "SIGTERM", "SIGHUP", "the end of input", "quit"]


def end(meter, way):
    if way == "quit":
        assert meter.say(quit=True)["ok"]
        return meter.process.wait(10)
    return meter.end(getattr(signal, way) if way.startswith("SIG") else None)


@pytest.mark.parametrize("way", WAYS)
def test_the_link_goes(way, start, link):
    meter = start("eastron-sdm230", "--serial", link)
    assert os.path.islink(link)
    assert end(meter, way) == 0
    assert not os.path.lexists(link)
    assert meter.errors.rest() == []


@pytest.mark.parametrize("way", WAYS)
def test_the_port_goes(way, start):
    meter = start("eastron-sdm230", "--tcp", "127.0.0.1:0")
    port = meter.port
    with frames.Tcp(port) as client:
        client.ask(1, frames.read_request(12))
        assert end(meter, way) == 0
        assert client.read(1) == b"", "its connections end with it"
    with pytest.raises(ConnectionRefusedError):
        frames.Tcp(port)


def test_a_port_can_be_taken_again_at_once(start):
    meter = start("eastron-sdm230", "--tcp", "127.0.0.1:0")
    with frames.Tcp(meter.port) as client:
        client.ask(1, frames.read_request(12))
        assert meter.end() == 0
    again = start("eastron-sdm230", "--tcp", f"127.0.0.1:{meter.port}")
    assert ALL["pymodbus"](again, Point(12)) == 1000


def test_a_signal_in_the_first_instant_leaves_no_link(start, link):
    """The ready line comes when signals are watched, not before."""
    for number in [signal.SIGTERM, signal.SIGINT] * 5:
        meter = start("eastron-sdm230", "--serial", link)
        assert meter.end(number) == 0
        assert not os.path.lexists(link)


def test_commands_are_answered_before_the_end_of_input(start, link):
    """A driver may write its commands and close the pipe at once; the last line needs no line end."""
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual")
    meter.process.stdin.write('{"advance": "1h"}\n{"registers": true}')
    assert meter.end() == 0
    replies = meter.out.rest()
    assert len(replies) == 2 and all('"import":1000' in line for line in replies), replies


def test_what_comes_after_quit_is_not_carried_out(start, link):
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual")
    meter.process.stdin.write('{"quit": true}\n{"advance": "1h"}\n')
    assert meter.end() == 0
    assert len(meter.out.rest()) == 1


def test_a_meter_in_the_background_has_no_input_and_serves_on(start, link):
    """Standard input is /dev/null, as for a service."""
    meter = start("eastron-sdm230", "--serial", link, stdin=subprocess.DEVNULL)
    assert ALL["pymodbus"](meter, Point(12)) == 1000
    assert meter.end(signal.SIGTERM) == 0
    assert not os.path.lexists(link)


def test_when_nobody_hears_the_replies_the_link_goes_too(start, link):
    """The driver's end of standard output is closed: exit code 130, and nothing is left behind."""
    meter = start("eastron-sdm230", "--serial", link, stdout=None)
    meter.clear_away()
    reading, writing = os.pipe()
    meter = start("eastron-sdm230", "--serial", link, stdout=writing)
    os.close(writing)
    with os.fdopen(reading) as out:
        assert out.readline().startswith("ready ")
    meter.process.stdin.write('{"registers": true}\n')
    assert meter.process.wait(10) == 130
    assert not os.path.lexists(link)


def test_a_killed_meter_leaves_a_link_that_the_next_one_takes(start, link):
    meter = start("eastron-sdm230", "--serial", link)
    meter.end(signal.SIGKILL)
    assert os.path.islink(link)
    again = start("eastron-sdm230", "--serial", link)
    assert ALL["pymodbus"](again, Point(12)) == 1000


def test_a_link_that_somebody_replaced_is_not_removed(start, link):
    meter = start("eastron-sdm230", "--serial", link)
    os.unlink(link)
    with open(link, "w") as file:
        file.write("mine")
    assert meter.end() == 0
    with open(link) as file:
        assert file.read() == "mine"
