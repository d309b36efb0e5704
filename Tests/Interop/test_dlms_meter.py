"""DLMS clients by other hands read our meter: registers, clock, object list, half-hours by range and by entry."""

import datetime

import pytest

import dlms_clients
from dlms_meters import EXPORT, IMPORT, METER, NET_POWER, door
from optical_meters import registers

STILL = ["--clock", "manual", "--set", "import=12345.678kWh,export=987.654kWh"]
WRAPPER, HDLC_TCP = ["--tcp", "127.0.0.1:0", "--protocol", "dlms"], ["--tcp", "127.0.0.1:0", "--protocol", "dlms-hdlc"]
CLIENTS = pytest.mark.parametrize("client", dlms_clients.ALL)


@CLIENTS
@pytest.mark.parametrize("mechanism", ["none", "lls", "gmac"])
@pytest.mark.parametrize("link", ["wrapper", "hdlc"])
def test_registers_and_clock_over_tcp(client, mechanism, link, start):
    meter = start(METER, *(WRAPPER if link == "wrapper" else HDLC_TCP), *STILL, "--power", "-1.5 kW")
    state = meter.say(advance="2h")
    with dlms_clients.ALL[client](door(meter, mechanism)) as reader:
        assert reader.register(IMPORT) == (12345678, 0, 30)
        assert reader.register(EXPORT) == (987654 + 3000, 0, 30)
        assert reader.register(NET_POWER) == (-1500, 0, 27)
        said = datetime.datetime.fromisoformat(state["at"])
        assert abs(reader.clock() - said) < datetime.timedelta(minutes=1)
        assert {(3, IMPORT), (3, EXPORT), (7, dlms_clients.PROFILE), (8, dlms_clients.CLOCK)} <= reader.objects()
    assert registers(meter)["export"] == 990654


@CLIENTS
@pytest.mark.parametrize("mechanism", ["none", "gmac"])
def test_registers_over_a_serial_line(client, mechanism, start, link):
    meter = start(METER, "--serial", link, "--protocol", "dlms", *STILL)
    assert (meter.ready["baud"], meter.ready["format"]) == ("9600", "8N1")
    with dlms_clients.ALL[client](door(meter, mechanism)) as reader:
        assert reader.register(IMPORT) == (12345678, 0, 30)


@CLIENTS
@pytest.mark.parametrize("link, mechanism", [("wrapper", "none"), ("wrapper", "gmac"), ("hdlc", "none"), ("hdlc", "gmac")])
def test_half_hours(client, link, mechanism, start):
    """3 kW out for 50 hours: 1500 Wh in each half-hour, by date and by number, in one answer or in many blocks."""
    meter = start(METER, *(WRAPPER if link == "wrapper" else HDLC_TCP), *STILL, "--power", "-3 kW")
    now = datetime.datetime.fromisoformat(meter.say(advance="50h")["at"])
    end = now.replace(minute=0, second=0, microsecond=0)
    begin = end - datetime.timedelta(hours=40)
    half = datetime.timedelta(minutes=30)
    with dlms_clients.ALL[client](door(meter, mechanism)) as reader:
        by_date = reader.by_range(begin, end)
        assert by_date == [[begin + number * half, 0, 0, 1500] for number in range(81)]
        by_number = reader.by_entry(1, 100)
        assert 99 <= len(by_number) <= 100
        assert by_number[5:10] == reader.by_entry(6, 5)
        assert set(map(tuple, by_date)) <= set(map(tuple, by_number)) | {tuple(row) for row in by_date[-2:]}


@CLIENTS
def test_what_is_not_there(client, start):
    meter = start(METER, *WRAPPER, *STILL)
    with dlms_clients.ALL[client](door(meter, "none")) as reader:
        with pytest.raises(dlms_clients.Refused):
            reader.data("1.0.199.8.0.255")
        assert reader.register(IMPORT)[0] == 12345678


@CLIENTS
@pytest.mark.parametrize("wrong", [{"password": b"87654321"}, {"client": 99}])
def test_who_may_not_come_in(client, wrong, start):
    meter = start(METER, *WRAPPER, *STILL)
    with pytest.raises(dlms_clients.Refused):
        with dlms_clients.ALL[client](door(meter, "lls", **wrong)):
            pass
    with dlms_clients.ALL[client](door(meter, "lls")) as reader:
        assert reader.register(IMPORT)[0] == 12345678


@CLIENTS
def test_a_key_that_is_another(client, start):
    """Nothing can be read, by whatever name the client calls it."""
    meter = start(METER, *WRAPPER, *STILL)
    with pytest.raises(Exception) as failure:
        with dlms_clients.ALL[client](door(meter, "gmac", key=bytes(16))) as reader:
            reader.register(IMPORT)
    assert not isinstance(failure.value, AssertionError)


@CLIENTS
def test_a_counter_that_was_used(client, start):
    """An invocation counter that does not grow is refused: somebody repeats what he overheard."""
    meter = start(METER, *WRAPPER, *STILL)
    with dlms_clients.ALL[client](door(meter, "gmac", counter=1000)) as reader:
        assert reader.register(IMPORT)[0] == 12345678
    with pytest.raises(Exception) as failure:
        with dlms_clients.ALL[client](door(meter, "gmac", counter=5)) as reader:
            reader.register(IMPORT)
    assert not isinstance(failure.value, AssertionError)
    with dlms_clients.ALL[client](door(meter, "gmac", counter=2000)) as reader:
        assert reader.register(IMPORT)[0] == 12345678


@CLIENTS
@pytest.mark.parametrize("link", ["wrapper", "hdlc"])
def test_a_supply_that_is_switched(client, link, start):
    """Open, nothing flows and nothing is counted; closed again, 2 kW for an hour are 2 kWh. Only a client with all rights
    may do it.
    """
    meter = start(METER, *(WRAPPER if link == "wrapper" else HDLC_TCP), *STILL, "--power", "2 kW")
    power = "1.0.1.7.0.255"
    with dlms_clients.ALL[client](door(meter, "gmac")) as reader:
        assert reader.register(power)[0] == 2000
        reader.switch(1)
        assert tuple(reader.supply()) == (False, 0)
        state = meter.say(advance="1h")
        assert (state["supply"], state["registersWh"]["import"]) == ("disconnected", 12345678)
        assert (reader.register(power)[0], reader.register(IMPORT)[0]) == (0, 12345678)
        reader.switch(2)
        assert tuple(reader.supply()) == (True, 1)
        assert "supply" not in meter.say(advance="1h")
        assert (reader.register(power)[0], reader.register(IMPORT)[0]) == (2000, 12345678 + 2000)
    with dlms_clients.ALL[client](door(meter, "none")) as reader:
        with pytest.raises(Exception) as failure:
            reader.switch(1)
        assert not isinstance(failure.value, AssertionError)
        assert tuple(reader.supply()) == (True, 1)


def test_the_way_in_by_mode_e(start, place):
    """Sign-on at 300 baud 7E1, hand-over, HDLC at the agreed speed."""
    meter = start(METER, *place, "--protocol", "iec62056-21", *STILL)
    where = meter.port if meter.is_tcp else meter.path
    with dlms_clients.Gurux(dlms_clients.Door(where, signs_on=True)) as reader:
        assert reader.register(IMPORT) == (12345678, 0, 30)
    # After its disconnection the meter is where every session begins.
    with dlms_clients.Gurux(dlms_clients.Door(where, signs_on=True)) as reader:
        assert reader.register(EXPORT) == (987654, 0, 30)


@CLIENTS
def test_clients_in_turn(client, start, link):
    meter = start(METER, "--serial", link, "--protocol", "dlms", *STILL)
    for _ in range(2):
        with dlms_clients.ALL[client](door(meter, "none")) as reader:
            assert reader.register(EXPORT)[0] == 987654
