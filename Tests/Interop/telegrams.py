"""Readouts as meters in the field send them, each with what must be read from it: address, digits as written, unit.

Made by hand after the forms that such meters print (all numbers and serials are invented): the oddities are those
that readers of IEC 62056-21 meet. A block is what stands between STX and ETX, or after a mode D identification.
"""

from dataclasses import dataclass, field


@dataclass
class Telegram:
    identification: bytes
    block: bytes
    #: (address, digits, unit) in order. A unit of None: the meter wrote none, the reader may assume one.
    values: list = field(default_factory=list)
    noise: bytes = b""

    def value(self, address):
        return next((digits for name, digits, _ in self.values if name == address), None)


def lines(*these, end=b"\r\n", last=b"!\r\n"):
    return b"".join(line.encode("latin-1") + end for line in these) + last


TELEGRAMS = {
    # A domestic meter with import and export.
    "plain": Telegram(
        b"/LGZ4ZMF100AC.M23",
        lines(
            "F.F(00000000)", "C.1.1(        )", "0.0.0(12345678)", "1.8.0(005467.89*kWh)", "1.8.1(005000.00*kWh)",
            "1.8.2(000467.89*kWh)", "2.8.0(000012.30*kWh)", "C.5.0(0400)",
        ),
        [
            ("F.F", "00000000", ""), ("0.0.0", "12345678", ""), ("1.8.0", "005467.89", "kWh"),
            ("1.8.1", "005000.00", "kWh"), ("1.8.2", "000467.89", "kWh"), ("2.8.0", "000012.30", "kWh"),
            ("C.5.0", "0400", ""),
        ],
    ),
    # Full codes, a short reaction time (third letter small), three decimals.
    "full-codes": Telegram(
        b"/ISk5MT174-0001",
        lines(
            "1-0:0.9.1*255(173000)", "1-0:0.9.2*255(261121)", "0-0:C.1.0*255(81234567)", "1-0:1.8.0*255(0001798.478*kWh)",
            "1-0:2.8.0*255(0000000.000*kWh)", "0-0:F.F.0*255(0000000)",
        ),
        [
            ("1-0:1.8.0*255", "0001798.478", "kWh"), ("1-0:2.8.0*255", "0000000.000", "kWh"),
            ("0-0:C.1.0*255", "81234567", ""),
        ],
    ),
    # Maximum with its time stamp, historic values with * and &, and `!` right after a bracket.
    "historic": Telegram(
        b"/LGZ4\\2ZMD3104100.B32",
        lines(
            "F.F(00)", "0.1.0(12)", "1.6.1(0.234*kW)(2611210930)", "1.8.0(0023456.7*kWh)",
            "1.8.0*12(0023001.1)", "1.8.0*11(0022456.0)", "1.8.0&10(0021999.9)", "1.8.1.01(0000017.0*kWh)",
        ).replace(b"\r\n!", b"!"),
        [
            ("1.8.0", "0023456.7", "kWh"), ("1.8.0*12", "0023001.1", None), ("1.8.0&10", "0021999.9", None),
            ("1.8.1.01", "0000017.0", "kWh"),
        ],
    ),
    # No unit, LF only, noise and NULs before the first character.
    "bare-lf": Telegram(
        b"/ELS5A120",
        lines("0.0.0(87654321)", "1.8.0(0012345)", "2.8.0(0000678)", "96.5.0(08)", end=b"\n", last=b"!\n"),
        [("1.8.0", "0012345", None), ("2.8.0", "0000678", None), ("96.5.0", "08", "")],
        noise=b"\x00\x00\x7f\x7f\x00",
    ),
    # Doubled CR, blanks in and after the value, fillers where a value should be, a sign.
    "blanks": Telegram(
        b"/ABB5A1140-0200",
        lines(
            "0.0.0(            1234)", "1.8.0(   5467.891*KWH)", "2.8.0(--------*kWh)", "16.8.0(-000123.4*kWh)",
            "3.8.0(????????)", "32.7.0(239.9 *V)", "0.2.0()", end=b"\r\r\n", last=b"!\r\r\n",
        ),
        [("1.8.0", "   5467.891", "KWH"), ("16.8.0", "-000123.4", "kWh"), ("32.7.0", "239.9 ", "V")],
    ),
    # An identification of more than 16 characters, more sets on a line, a line over 78 characters.
    "long": Telegram(
        b"/PRI5LIBERTY-TEST-REPLICA-0123456789",
        lines(
            "0.0.0(9900000000015)1.8.0(000001.000*kWh)2.8.0(000002.000*kWh)3.8.0(000003.000*kvarh)4.8.0(000004.000*kvarh)",
            "1.7.0(00.512*kW)", "F.F(0000)",
        ),
        [
            ("1.8.0", "000001.000", "kWh"), ("2.8.0", "000002.000", "kWh"), ("3.8.0", "000003.000", "kvarh"),
            ("4.8.0", "000004.000", "kvarh"), ("1.7.0", "00.512", "kW"), ("F.F", "0000", ""),
        ],
    ),
}
