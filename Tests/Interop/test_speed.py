"""A client at another speed hears garbage, as on a real line, and is told so in one line."""

import pytest

from clients import ALL, Point, Unheard

POWER = Point(12)


@pytest.mark.needs("mbpoll")
@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("baud", [4800, 19200])
def test_wrong_speed(name, baud, start, link):
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual")
    for _ in range(2):
        with pytest.raises(Unheard):
            ALL[name](meter, POWER, baud=baud, patience=0.3)
    assert ALL[name](meter, POWER) == 1000, "at its own speed it answers as before"
    meter.end()
    said = meter.errors.rest()
    assert len(said) == 1, said
    assert f"the client talks at {baud} Bd, the meter at 9600 Bd (8N1)" in said[0]


def test_each_wrong_speed_is_told_once(start, link):
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual")
    for baud in (4800, 4800, 2400, 9600, 2400):
        if baud == 9600:
            assert ALL["pymodbus"](meter, POWER) == 1000
            continue
        with pytest.raises(Unheard):
            ALL["pymodbus"](meter, POWER, baud=baud, patience=0.3)
    meter.end()
    told = [line.split("talks at ")[1].split(" Bd")[0] for line in meter.errors.rest()]
    assert told[:2] == ["4800", "2400"] and len(told) <= 3, told


def test_the_speed_of_the_command_line(start, link):
    meter = start("eastron-sdm230", "--serial", link, "--baud", 38400, "--clock", "manual")
    assert meter.ready["baud"] == "38400"
    assert ALL["pymodbus"](meter, POWER) == 1000
