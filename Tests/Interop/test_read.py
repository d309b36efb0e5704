"""`backspin read`: our own meters, a meter by another hand, and no meter at all."""

import json
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest

from ptypair import PtyPair


def at(meter):
    return ["--tcp", f"127.0.0.1:{meter.port}"] if meter.is_tcp else ["--serial", meter.path]


def values(ending):
    assert ending.code == 0, ending
    return {one["name"]: f"{one['value']} {one['unit']}" for one in json.loads(ending.out)["readings"]}


def test_our_own_meter(start, run, place):
    meter = start("eastron-sdm230", *place, "--power", "-1.5 kW", "--set", "import=12.345kWh", "--clock", "manual")
    meter.say(advance="2h")
    ending = run("read", "--profile", "eastron-sdm230", *at(meter), "--json")
    assert values(ending) == {
        "active-power-l1": "-1500.0 W", "active-energy-import": "12.345 kWh", "active-energy-export": "3.0 kWh",
        "active-energy-total": "15.345 kWh",
    }
    head = json.loads(ending.out)
    assert (head["profile"], head["unit"]) == ("eastron-sdm230", 1)
    text = run("read", "--profile", "eastron-sdm230", *at(meter))
    assert text.code == 0 and "active-energy-export              3.0 kWh\n" in text.out, text
    assert text.err == ""


def test_three_phases_and_the_low_word_first(start, run, place):
    meter = start("carlogavazzi-em24-rs485", *place, "--set", "import=7000.1kWh", "--power", "-2.5kW", "--clock", "manual")
    read = values(run("read", "--profile", "carlogavazzi-em24-rs485", *at(meter), "--json"))
    assert read["active-energy-import"] == "7000.1 kWh"
    assert read["active-power-total"] == "-2500.0 W"


def test_every_point_of_every_map(start, run):
    """Whatever a map promises, its meter answers."""
    for profile in ["eastron-sdm120", "eastron-sdm230", "eastron-sdm630-v2", "carlogavazzi-em24-rs485"]:
        meter = start(profile, "--tcp", "127.0.0.1:0")
        assert len(values(run("read", "--profile", profile, *at(meter), "--all", "--json"))) > 10


@contextmanager
def stranger(place, make):
    """pymodbus' server; gives what it says when it listens."""
    server = subprocess.Popen(
        [sys.executable, __file__.replace("test_read.py", "pymodbus_server.py"), place, make],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    try:
        kind, address = server.stdout.readline().split()
        yield ["--tcp", f"127.0.0.1:{address}"] if kind == "tcp" else address
    finally:
        server.stdin.close()
        server.stdout.close()
        server.wait(10)


def test_a_meter_by_another_hand_over_tcp(run):
    with stranger("tcp", "em24") as address:
        read = values(run("read", "--profile", "carlogavazzi-em24-rs485", *address, "--json"))
    assert read == {
        "active-power-total": "-2345.6 W", "active-energy-import": "123456.7 kWh", "active-energy-export": "0.3 kWh",
    }


def test_what_is_not_there_is_said_and_the_rest_is_read(run):
    """Exit code 1: the meter answers, but is not quite what the profile says."""
    with stranger("tcp", "sdm230") as address:
        ending = run("read", "--profile", "eastron-sdm230", *address, "--json")
    assert ending.code == 1
    read = {one["name"]: one.get("value") or one["failure"] for one in json.loads(ending.out)["readings"]}
    assert read == {
        "active-power-l1": "-2345.5", "active-energy-import": "1234.5", "active-energy-export": "987.625",
        "active-energy-total": "refused with exception 2",
    }
    assert ending.error_lines == ["error: 1 of 4 points could not be read: is it a eastron-sdm230?"]


def test_a_meter_by_another_hand_over_a_serial_line(run):
    with PtyPair() as cable, stranger(cable.near, "em24"):
        read = values(run("read", "--profile", "carlogavazzi-em24-rs485", "--serial", cable.far, "--json"))
    assert read["active-energy-import"] == "123456.7 kWh"


def absent(ending, *words):
    assert ending.code == 7 and ending.out == "" and len(ending.error_lines) == 1, ending
    for word in words:
        assert word in ending.err, ending


def test_no_device(run, tmp_path):
    absent(run("read", "--profile", "eastron-sdm230", "--serial", tmp_path / "ttyUSB9"), "BS-IO-01", "ttyUSB9")


def test_nobody_at_the_port(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    absent(run("read", "--profile", "eastron-sdm230", "--tcp", f"127.0.0.1:{port}"), "BS-IO-14", str(port))


def test_a_silent_meter(start, run, place):
    """It is asked a few times, and then no more: a dozen registers are not waited for."""
    meter = start("eastron-sdm230", *place, "--fault", "CL-09")
    absent(
        run("read", "--profile", "eastron-sdm230", *at(meter), "--patience", "50ms"), "no answer", "unit, speed and wiring"
    )


def test_another_unit(start, run):
    meter = start("eastron-sdm230", "--tcp", "127.0.0.1:0")
    absent(run("read", "--profile", "eastron-sdm230", *at(meter), "--unit", 5, "--patience", "50ms"), "exception 10")


def test_a_wrong_speed(start, run, link):
    meter = start("eastron-sdm230", "--serial", link)
    absent(run("read", "--profile", "eastron-sdm230", *at(meter), "--baud", 2400, "--patience", "100ms"), "unit 1 at")


def test_somebody_who_is_no_meter(run):
    """A server that takes the connection and closes it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        import threading

        def close():
            for _ in range(1):
                server.accept()[0].close()

        closing = threading.Thread(target=close, daemon=True)
        closing.start()
        absent(run("read", "--profile", "eastron-sdm230", "--tcp", f"127.0.0.1:{port}"), "BS-IO-15")
        closing.join(10)


@pytest.mark.parametrize("fault", ["CL-01,rate=2000ppm", "CL-03,delay=40ms"])
def test_a_bad_line_is_read_all_the_same(fault, start, run, link):
    """Retries bring the right numbers, or it is said that there are none; never a wrong one."""
    meter = start("eastron-sdm230", "--serial", link, "--fault", fault, "--set", "import=12.345kWh", "--clock", "manual")
    for _ in range(5):
        ending = run("read", "--profile", "eastron-sdm230", *at(meter), "--patience", "150ms", "--json")
        assert ending.code in (0, 1, 7), ending
        if ending.code == 7:
            continue
        for one in json.loads(ending.out)["readings"]:
            if one["name"] == "active-energy-import" and "value" in one:
                assert one["value"] == "12.345", ending
