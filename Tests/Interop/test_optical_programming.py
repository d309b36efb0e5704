"""Programming mode, driven by a library of other hands: passwords, single registers, half-hours, partial blocks."""

import datetime

import pytest
from iec62056_21 import messages

import optical_clients
from optical_meters import PROTOCOL, STILL, place_of

METER = "smets1-optical-bench"
ACK, NAK = b"\x06", b"\x15"


def ask(client, command, address, value):
    """One command of whatever kind; gives the data sets of the answer, all its blocks."""
    words = messages.DataSet(address=address, value=value)
    client.transport.send(messages.CommandMessage(command[0], int(command[1]), words).to_bytes())
    return client.read_response().data


def test_single_registers(start, place):
    meter = start(METER, *place, *PROTOCOL, *STILL)
    with optical_clients.library(place_of(meter)) as client:
        asked, said = optical_clients.unlock(client, "12345678")
        assert (asked.command, asked.command_type, said) == ("P", 0, ACK)
        for address, expected in [("1.8.0", "012345.678*kWh"), ("2.8.0", "000987.654*kWh")]:
            one = client.read_single_value(address)
            assert expected in (one.value, f"{one.value}*{one.unit}")
        client.send_break()


def test_a_wrong_password_opens_nothing(start):
    """The half-hours are behind the password."""
    meter = start(METER, "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL)
    meter.say(advance="2h")
    with optical_clients.library(meter.port) as client:
        _, said = optical_clients.unlock(client, "87654321")
        assert said == NAK
        client.transport.send(messages.CommandMessage("R", 5, messages.DataSet("P.01", ";")).to_bytes())
        assert b"(0." not in client.transport.recv(64)


def half_hours(sets):
    """The header's stamp and the rows of P.01, each as two numbers."""
    texts = [(one.address, one.value) for one in sets]
    assert texts[0][0] == "P.01"
    first = 4 + 4
    values = [value for _, value in texts]
    rows = values[first:]
    return values[:first], list(zip(rows[::2], rows[1::2], strict=True))


def test_half_hours(start):
    meter = start(METER, "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL, "--power", "-3 kW")
    meter.say(advance="4h")
    with optical_clients.library(meter.port) as client:
        optical_clients.unlock(client, "12345678")
        head, rows = half_hours(ask(client, "R5", "P.01", ";"))
    assert head[1:] == ["00", "30", "2", "1.29.0", "kWh", "2.29.0", "kWh"]
    assert 7 <= len(rows) <= 9 and all(row == ("0.000", "1.500") for row in rows[1:])


def test_half_hours_by_date(start):
    meter = start(METER, "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL, "--power", "2 kW")
    now = datetime.datetime.fromisoformat(meter.say(advance="26h")["at"])
    end = now.replace(minute=0, second=0, microsecond=0)
    begin = end - datetime.timedelta(hours=3)
    with optical_clients.library(meter.port) as client:
        optical_clients.unlock(client, "12345678")
        head, rows = half_hours(ask(client, "R5", "P.01", f"{begin:%y%m%d%H%M};{end:%y%m%d%H%M}"))
    # Ends of half-hours, both bounds among them; the season digit of UTC is 2.
    assert head[0] == f"2{begin:%y%m%d%H%M}"
    assert rows == [("1.000", "0.000")] * 7


def test_half_hours_in_partial_blocks(start):
    """Three days of an A1140 come in blocks of 48 rows, each acknowledged by the library."""
    meter = start("elster-a1140", "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL, "--power", "-3 kW")
    meter.say(advance="73h")
    with optical_clients.library(meter.port) as client:
        optical_clients.unlock(client, "00000001")
        sets = ask(client, "R6", "P.01", ";")
    rows = [one.value for one in sets if one.address is None and one.value == "00003.000"]
    assert len(rows) in (145, 146)


@pytest.mark.parametrize("profile", ["landis-gyr-e350"])
def test_a_meter_without_programming_mode_lists(profile, start):
    meter = start(profile, "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL)
    with optical_clients.library(meter.port) as client:
        said = client.access_programming_mode()
        assert ("1.8.0", "012345.678") in [(one.address, one.value) for one in said.data]
