"""Word orders, number formats and the limits of each map, as other hands read them."""

import pytest

from clients import ALL, OVER, Point, Refused

EM24 = {
    "import": Point(66, "int32", 3, "CDAB"), "export": Point(92, "int32", 3, "CDAB"),
    "power": Point(40, "int32", 3, "CDAB"), "power-l2": Point(20, "int32", 3, "CDAB"),
}


def at(place, tmp_path):
    return ["--tcp", "127.0.0.1:0"] if place == "tcp" else ["--serial", tmp_path / "meter0"]


@pytest.mark.needs("mbpoll")
@pytest.mark.parametrize("name, place", OVER)
def test_em24_has_the_low_word_first(name, place, start, tmp_path):
    """Tenths of kWh and of W in 32 bits, low word first; 7000 kWh need both words, and so does a negative power."""
    meter = start(
        "carlogavazzi-em24-rs485", *at(place, tmp_path), "--clock", "manual", "--set", "import=7000kWh,export=1.5kWh"
    )
    meter.say(power={"l1": "1 kW", "l2": "-4 kW", "l3": "500 W"})
    meter.say(advance="1h")
    read = {what: ALL[name](meter, point) for what, point in EM24.items()}
    # The phases are netted: -2.5 kW for an hour.
    assert read == {"import": 70000, "export": 40, "power": -25000, "power-l2": -40000}


@pytest.mark.needs("mbpoll")
@pytest.mark.parametrize("name, place", OVER)
def test_em24_answers_input_registers_alike(name, place, start, tmp_path):
    meter = start("carlogavazzi-em24-rs485", *at(place, tmp_path), "--set", "import=12.3kWh", "--clock", "manual")
    assert ALL[name](meter, Point(66, "int32", 4, "CDAB")) == 123


@pytest.mark.needs("mbpoll")
@pytest.mark.parametrize("name, place", OVER)
def test_sdm630_refuses_odd_addresses(name, place, start, tmp_path):
    """Its values stand at even addresses; a client that is off by one gets exception 02."""
    meter = start("eastron-sdm630-v2", *at(place, tmp_path), "--power", "1.5 kW", "--clock", "manual")
    assert ALL[name](meter, Point(52)) == 1500
    with pytest.raises(Refused) as refused:
        ALL[name](meter, Point(53))
    assert refused.value.code == 2


@pytest.mark.needs("mbpoll")
@pytest.mark.parametrize("name, place", OVER)
def test_sdm120_is_shipped_at_2400_baud(name, place, start, tmp_path):
    meter = start("eastron-sdm120", *at(place, tmp_path), "--unit", 7, "--set", "import=1234.5kWh", "--clock", "manual")
    if place == "pty":
        assert meter.ready["baud"] == "2400"
    assert ALL[name](meter, Point(72), unit=7) == 1234.5
