"""Readers by other hands take readouts from our optical ports, digit by digit what the meter says it has."""

import pytest

import optical_clients
from optical_meters import METERS, PROTOCOL, STILL, digits, place_of, registers

SLOW = ["landis-gyr-e350", "iskra-mt174"]


def both(meter, profile):
    """(address, digits, unit) of import and export."""
    _, imported, exported, width = METERS[profile]
    now = registers(meter)
    return [
        (imported, digits(now["import"], width), "kWh"), (exported, digits(now["export"], width), "kWh"),
    ]


@pytest.mark.parametrize("profile", METERS)
def test_a_readout_over_tcp(profile, start):
    meter = start(profile, "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL)
    with optical_clients.library(meter.port) as client:
        read = optical_clients.readout(client)
    assert set(both(meter, profile)) <= set(read)
    assert len({address for address, _, _ in read}) == len(read), "an address stands twice"


@pytest.mark.parametrize("profile", SLOW)
def test_a_readout_at_300_baud_and_then_faster(profile, start, link):
    """7E1; the port is closed and opened again at the speed that the meter proposed."""
    meter = start(profile, "--serial", link, *PROTOCOL, *STILL)
    assert (meter.ready["baud"], meter.ready["format"]) == ("300", "7E1")
    with optical_clients.library(meter.path) as client:
        read = optical_clients.readout(client)
        assert (client.manufacturer_id, client.switchover_baudrate) in [("LGZ", 4800), ("ISk", 9600)]
    assert set(both(meter, profile)) <= set(read)


@pytest.mark.parametrize("profile", ["landis-gyr-zmd120", "iskra-mt174"])
def test_a_logger(profile, start, place):
    meter = start(profile, *place, *PROTOCOL, *STILL)
    identification, sets = optical_clients.logger(place_of(meter))
    assert identification == METERS[profile][0]
    for address, number, unit in both(meter, profile):
        assert (address, f"{number}*{unit}") in sets


def test_a_logger_that_never_acknowledges(start):
    """The meter lists after its patience."""
    meter = start("dlms-bench-import-export", "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL)
    _, sets = optical_clients.logger(meter.port, acknowledge=None)
    for address, number, unit in both(meter, "dlms-bench-import-export"):
        assert (address, f"{number}*{unit}") in sets


def test_the_short_list(start):
    meter = start("landis-gyr-e350", "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL)
    _, sets = optical_clients.logger(meter.port, acknowledge="0%s6")
    assert sets == [("1.8.0", "012345.678*kWh"), ("2.8.0", "000987.654*kWh")]


def test_an_address(start):
    """A meter answers its own address, with or without leading zeros, and stays silent for another."""
    meter = start("landis-gyr-e350", "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL)
    _, sets = optical_clients.logger(meter.port)
    serial = dict(sets)["C.1.0"]
    for wanted in [serial, f"000{serial}"]:
        assert optical_clients.logger(meter.port, pull=f"/?{wanted}!\r\n".encode())[1] == sets
    with optical_clients.Port(meter.port) as port:
        port.socket.settimeout(1)
        port.write(b"/?12345!\r\n")
        with pytest.raises(TimeoutError):
            port.read()


def test_what_flows_is_read(start):
    meter = start("iskra-mt174", "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL, "--power", "-1.5 kW")
    before = dict(optical_clients.logger(meter.port)[1])
    meter.say(advance="2h")
    after = dict(optical_clients.logger(meter.port)[1])
    assert before["1-0:2.8.0*255"] == "0000987.654*kWh"
    assert after["1-0:2.8.0*255"] == "0000990.654*kWh"
    assert before["1-0:1.8.0*255"] == after["1-0:1.8.0*255"]


@pytest.mark.parametrize("client", ["library", "logger"])
def test_one_reader_after_another(client, start, link):
    """Two in turn on one port: the second finds the meter where every session begins."""
    meter = start("iskra-mt174", "--serial", link, *PROTOCOL, *STILL)
    for _ in range(2):
        if client == "logger":
            assert ("1-0:1.8.0*255", "0012345.678*kWh") in optical_clients.logger(meter.path)[1]
            continue
        with optical_clients.library(meter.path) as reader:
            assert ("1-0:1.8.0*255", "0012345.678", "kWh") in optical_clients.readout(reader)
