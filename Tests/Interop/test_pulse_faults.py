"""Faults of pulse outputs and of what watches them, counted by a socket. Time moves by hand, so every count is exact."""

import socket

from shown import of

#: 1 kW for an hour through 1000 imp/kWh.
HOUR = 1000
#: Seconds without a pulse after which an hour's are all there.
SILENCE = 1


def hours(meter):
    """Gives a function that lets an hour pass and counts its pulses, among all that one reader ever got."""
    line = socket.create_connection(("127.0.0.1", meter.port), SILENCE)
    # The first quantum begins when somebody is there. Half of one, so that no hour ends with a pulse: the second of a
    # doubled one would belong to the next.
    meter.say(registers=True)
    meter.say(advance="1800 ms")

    def hour():
        meter.say(advance="1h")
        count = 0
        try:
            while pulses := line.recv(65536):
                assert not any(pulses), "a pulse is a byte 00"
                count += len(pulses)
        except TimeoutError:
            return count
        raise ConnectionResetError("the meter closed the connection")

    return hour


def counted(start, fault, **settings):
    """An hour of a sound meter, one with the fault, and one after it."""
    meter = start("landis-gyr-e350", "--tcp", "127.0.0.1:0", "--protocol", "pulse", "--clock", "manual", "--power", "1 kW")
    hour = hours(meter)
    sound = hour()
    meter.say(fault=fault, on=True, **{"with": settings})
    disturbed = hour()
    meter.say(fault=fault, on=False)
    return sound, disturbed, hour(), meter.say(registers=True)["registersWh"]["import"]


@of("ME-22")
def test_a_divider_of_another_worth(start):
    """Twice the pulses of the plate, and the register is right."""
    assert counted(start, "ME-22", constant=2000, doubled=0) == (HOUR, 2 * HOUR, HOUR, 3000)


@of("ME-22")
def test_pulses_that_come_twice_or_never(start):
    sound, doubled, again, _ = counted(start, "ME-22", doubled=100)
    assert (sound, doubled, again) == (HOUR, 2 * HOUR, HOUR)
    sound, left, again, _ = counted(start, "ME-22", doubled=0, lost=50)
    assert (sound, again) == (HOUR, HOUR) and 0.4 * HOUR < left < 0.6 * HOUR


@of("DP-06")
def test_other_light_on_the_sensor(start):
    """A lamp that flickers gives pulses without energy; a sensor that sees nothing gives none with it."""
    sound, lit, again, wh = counted(start, "DP-06", flashes=3600)
    assert (sound, again, wh) == (HOUR, HOUR, 3000) and HOUR + 3000 < lit < HOUR + 4200
    assert counted(start, "DP-06", flashes=0, unseen=100) == (HOUR, 0, HOUR, 3000)
