"""Faults of DLMS answers and of a DLMS meter's clock, seen by clients of other hands."""

import datetime
import pathlib

import pytest
from dlms_cosem import cosem, enumerations
from dlms_cosem.dlms_data import OctetStringData
from dlms_cosem.time import datetime_to_bytes

import dlms_clients
from dlms_meters import EXPORT, IMPORT, METER, door
from shown import of

STILL = ["--clock", "manual", "--set", "import=12345.678kWh,export=987.654kWh"]
WRAPPER = ["--tcp", "127.0.0.1:0", "--protocol", "dlms"]
CLIENTS = pytest.mark.parametrize("client", dlms_clients.ALL)
PROFILES = pathlib.Path(__file__).parents[2] / "Profiles/meters"


def registers(meter, client, mechanism="none"):
    """Import and export as a client reads them: (raw value, scaler, unit) each."""
    with dlms_clients.ALL[client](door(meter, mechanism)) as reader:
        return [reader.register(name) for name in [IMPORT, EXPORT]]


RIGHT = [(12345678, 0, 30), (987654, 0, 30)]


@pytest.fixture
def variant(start, tmp_path):
    """The bench meter, with something of its profile written otherwise."""

    def variant(old, new, *words):
        text = (PROFILES / f"{METER}.yaml").read_text()
        assert text.count(old) == 1
        folder = tmp_path / "meters"
        folder.mkdir()
        (folder / "variant.yaml").write_text(text.replace(old, new))
        return start("variant", "--profiles", tmp_path, *WRAPPER, *STILL, *words)

    return variant


@of("PR-06")
@CLIENTS
def test_a_scaler_that_is_wrong(client, start):
    """The number is right, and a thousand times as much in the mouth of its scaler."""
    meter = start(METER, *WRAPPER, *STILL, "--fault", "PR-06,powers=3")
    assert registers(meter, client) == [(12345678, 3, 30), (987654, 3, 30)]
    meter.say(fault="PR-06", on=False)
    assert registers(meter, client) == RIGHT


@of("PR-09")
@CLIENTS
def test_names_that_lie(client, start):
    meter = start(METER, *WRAPPER, *STILL, "--fault", "PR-09,kind=sum")
    assert registers(meter, client) == [(12345678 + 987654, 0, 30), RIGHT[1]]
    meter.say(fault="PR-09", on=False)
    meter.say(fault="PR-09", on=True, **{"with": {"kind": "swapped"}})
    assert registers(meter, client) == RIGHT[::-1]
    meter.say(fault="PR-09", on=False)
    assert registers(meter, client) == RIGHT


@of("PR-08")
def test_tags_that_are_wrong(start):
    """Whoever looks at them refuses what he gets; gurux-dlms 1.0.203 does not look, and takes it."""
    meter = start(METER, *WRAPPER, *STILL, "--fault", "PR-08,kind=tag")
    with pytest.raises(dlms_clients.Refused) as failure:
        registers(meter, "dlms-cosem", "gmac")
    assert "Authentication tag is not valid" in str(failure.value)
    meter.say(fault="PR-08", on=False)
    with dlms_clients.Cosem(door(meter, "gmac", counter=5000)) as reader:
        assert reader.register(IMPORT) == RIGHT[0]


@of("PR-08")
def test_a_counter_that_fell_back(start):
    """A client that remembers the meter's last counter takes the next message for a replay."""
    meter = start(METER, *WRAPPER, *STILL)
    with pytest.raises(dlms_clients.Refused) as failure:
        with dlms_clients.Cosem(door(meter, "gmac")) as reader:
            for _ in range(5):
                assert reader.register(IMPORT) == RIGHT[0]
            meter.say(fault="PR-08", on=True)
            reader.register(IMPORT)
    assert "invocation counter" in str(failure.value)


def summer(meter):
    """Lets time pass until July."""
    now = datetime.datetime.fromisoformat(meter.say(registers=True)["at"])
    july = now.replace(month=7, day=1, hour=11, minute=0, second=0)
    july = july if now < july else july.replace(year=now.year + 1)
    return datetime.datetime.fromisoformat(meter.say(advance=f"{int((july - now).total_seconds())}s")["at"])


@of("CK-04")
@CLIENTS
def test_local_time_sent_as_utc(client, variant):
    """A clock of London's time: in July an hour late while the deviation says nothing of it."""
    meter = variant("wrapper: {", "clock: {zone: london}\n  wrapper: {")
    now = summer(meter)

    def ahead():
        with dlms_clients.ALL[client](door(meter, "none")) as reader:
            return reader.clock() - now

    assert abs(ahead()) < datetime.timedelta(minutes=1)
    meter.say(fault="CK-04", on=True)
    assert abs(ahead() - datetime.timedelta(hours=1)) < datetime.timedelta(minutes=1)
    meter.say(fault="CK-04", on=False)
    assert abs(ahead()) < datetime.timedelta(minutes=1)


@of("PR-07")
def test_stamps_that_hide_a_gap(variant):
    """The clock is set on by three hours between half-hours. A sound meter says the stamp after the gap; this one leaves
    it to the reader, who counts on from the row before.
    """
    meter = variant("period: 30m, columns: [clock,", "period: 30m, null-compressed: true, columns: [clock,")
    now = datetime.datetime.fromisoformat(meter.say(advance="2h")["at"])
    clock = cosem.CosemAttribute(enumerations.CosemInterface.CLOCK, cosem.Obis.from_string(dlms_clients.CLOCK), 2)
    later = datetime_to_bytes(now + datetime.timedelta(hours=3))
    with dlms_clients.Cosem(door(meter, "gmac")) as reader:
        reader.client.set(clock, OctetStringData(later).to_bytes())
    meter.say(advance="2h")

    def stamps():
        with dlms_clients.Cosem(door(meter, "none")) as reader:
            rows = reader.get(7, dlms_clients.PROFILE, 2)
        said = [(number, dlms_clients.utc(row[0])) for number, row in enumerate(rows) if row[0] is not None]
        return len(rows), said

    count, ((first, begin), (after_gap, next_)) = stamps()
    assert first == 0 and after_gap < count
    assert next_ - begin > after_gap * datetime.timedelta(minutes=30)
    meter.say(fault="PR-07", on=True)
    assert stamps() == (count, [(0, begin)])
    meter.say(fault="PR-07", on=False)
    assert stamps() == (count, [(0, begin), (after_gap, next_)])


@of("PR-10")
def test_a_block_that_is_lost(start):
    """Whoever looks at the numbers of blocks sees it. (dlms-cosem 25.1.0 does not, and hangs in what it put together.)"""
    meter = start(METER, *WRAPPER, *STILL)
    meter.say(advance="4d")

    def rows():
        reader = dlms_clients.Gurux(door(meter, "none"))
        reader.client.maxReceivePDUSize = 1024  # 150 rows are more than one block then
        with reader:
            return reader.by_entry(1, 150)

    whole = rows()
    assert len(whole) == 150
    meter.say(fault="PR-10", on=True, **{"with": {"kind": "lost", "block": 2}})
    with pytest.raises(ValueError, match="Invalid Block number. It is 3 and it should be 2."):
        rows()
    meter.say(fault="PR-10", on=False)
    assert rows() == whole
