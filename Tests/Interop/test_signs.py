"""A meter whose line and load are reversed (ME-14), read by three clients: right numbers, and signs that are the
wrong way round in just the way that the fault says."""

import pytest

from clients import ALL, OVER, Point

POWER, IMPORT, EXPORT, TOTAL = Point(12), Point(72), Point(74), Point(342)


@pytest.fixture
def reader(request):
    name, place = request.param
    return lambda meter, point: ALL[name](meter, point)


def meter_at(start, place, tmp_path, *options):
    at = ["--tcp", "127.0.0.1:0"] if place == "tcp" else ["--serial", tmp_path / "meter0"]
    return start("eastron-sdm230", "--unit", 1, *at, *options)


@pytest.mark.needs("mbpoll")
@pytest.mark.parametrize("name, place", OVER)
def test_reversed_meter_counts_export_as_import(name, place, start, tmp_path):
    """The home exports 2 kW for an hour, then imports 3 kW for half an hour."""
    meter = meter_at(start, place, tmp_path, "--fault", "ME-14", "--power", "-2kW", "--clock", "manual")

    def read(point):
        return ALL[name](meter, point)

    meter.say(advance="1h")
    assert read(POWER) == 2000, "an exporting home seems to import"
    assert (read(IMPORT), read(EXPORT)) == (2, 0)
    meter.say(power="3 kW")
    meter.say(advance="30m")
    assert read(POWER) == -3000
    assert (read(IMPORT), read(EXPORT), read(TOTAL)) == (2, 1.5, 3.5)
    assert meter.say(fault="ME-14", on=False)["faults"] == []
    meter.say(advance="30m")
    assert read(POWER) == 3000
    assert (read(IMPORT), read(EXPORT)) == (3.5, 1.5), "what was counted wrongly stays"


@pytest.mark.needs("mbpoll")
@pytest.mark.parametrize("name, place", OVER)
def test_right_meter_counts_export_as_export(name, place, start, tmp_path):
    meter = meter_at(start, place, tmp_path, "--power", "-2kW", "--clock", "manual")
    meter.say(advance="1h")
    assert ALL[name](meter, POWER) == -2000
    assert (ALL[name](meter, IMPORT), ALL[name](meter, EXPORT)) == (0, 2)


@pytest.mark.needs("mbpoll")
@pytest.mark.parametrize("name, place", OVER)
def test_the_line_of_the_readme(name, place, start, tmp_path):
    """No power is given: it is 1 kW, so the registers of a reversed meter move on the export side."""
    meter = meter_at(start, place, tmp_path, "--fault", "ME-14", "--clock", "x3600")
    assert ALL[name](meter, POWER) == -1000
    first = ALL[name](meter, EXPORT)
    while ALL[name](meter, EXPORT) <= first:
        pass
    assert ALL[name](meter, IMPORT) == 0


def test_real_time_is_the_usual_clock(start, place):
    """3.6 MW are 1 Wh a millisecond: a second is seen at once."""
    meter = start("eastron-sdm230", *place, "--power", "3.6 MW")
    first = meter.say(registers=True)
    while meter.say(registers=True)["registersWh"]["import"] < first["registersWh"]["import"] + 1000:
        pass
