"""Three Modbus clients by other hands, made to look alike.

mbpoll is libmodbus; minimalmodbus and pymodbus are written in Python, by different people.
"""

import re
import subprocess
from dataclasses import dataclass

import minimalmodbus
import serial
from pymodbus.client import ModbusSerialClient, ModbusTcpClient


@dataclass(frozen=True)
class Point:
    """A value of two registers."""

    address: int
    kind: str = "float32"  # or int32
    function: int = 4
    order: str = "ABCD"  # or CDAB: the least significant register first


class Refused(Exception):
    """The meter answered with a Modbus exception."""

    def __init__(self, code):
        super().__init__(f"exception {code}")
        self.code = code


class Unheard(Exception):
    """No answer that the client would take."""


MBPOLL_WORDS = {"Illegal function": 1, "Illegal data address": 2, "Illegal data value": 3}


def mbpoll(meter, point, unit=1, baud=None, patience=2):
    kind = "float" if point.kind == "float32" else "int"
    words = ["-a", unit, "-0", "-r", point.address, "-c", 1, "-t", f"{3 if point.function == 4 else 4}:{kind}", "-1"]
    words += ["-o", patience]
    if point.order == "ABCD":
        words.append("-B")
    if meter.is_tcp:
        place = ["-m", "tcp", "-p", meter.port, *words, "127.0.0.1"]
    else:
        place = ["-m", "rtu", "-b", baud or meter.ready["baud"], "-P", "none", *words, meter.path]
    done = subprocess.run(
        ["mbpoll", *[str(one) for one in place]], capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL
    )
    found = re.search(rf"^\[{point.address}\]:\s+(\S+)", done.stdout, re.MULTILINE)
    if found:
        return float(found[1])
    for word, code in MBPOLL_WORDS.items():
        if word in done.stderr:
            raise Refused(code)
    raise Unheard(done.stdout + done.stderr)


def minimal(meter, point, unit=1, baud=None, patience=2):
    instrument = minimalmodbus.Instrument(meter.path, unit, close_port_after_each_call=True)
    instrument.serial.baudrate = baud or int(meter.ready["baud"])
    instrument.serial.timeout = patience
    order = minimalmodbus.BYTEORDER_BIG if point.order == "ABCD" else minimalmodbus.BYTEORDER_LITTLE_SWAP
    try:
        if point.kind == "float32":
            return instrument.read_float(point.address, point.function, 2, order)
        return instrument.read_long(point.address, point.function, True, order)
    except minimalmodbus.SlaveReportedException as refused:
        words = {"illegal function": 1, "illegal data address": 2, "illegal data value": 3}
        raise Refused(next(code for word, code in words.items() if word in str(refused).lower())) from refused
    except minimalmodbus.ModbusException as wrong:
        raise Unheard(str(wrong)) from wrong


def pymodbus(meter, point, unit=1, baud=None, patience=2):
    with pymodbus_client(meter, baud, patience) as client:
        read = client.read_input_registers if point.function == 4 else client.read_holding_registers
        try:
            answer = read(point.address, count=2, device_id=unit)
        except Exception as wrong:
            raise Unheard(str(wrong)) from wrong
        if answer.isError():
            raise Refused(answer.exception_code)
        kind = client.DATATYPE.FLOAT32 if point.kind == "float32" else client.DATATYPE.INT32
        return client.convert_from_registers(
            answer.registers, kind, word_order="big" if point.order == "ABCD" else "little"
        )


def pymodbus_client(meter, baud=None, patience=2):
    """A pymodbus client, connected; use it in a `with`."""
    if meter.is_tcp:
        client = ModbusTcpClient("127.0.0.1", port=meter.port, timeout=patience, retries=0)
    else:
        client = ModbusSerialClient(meter.path, baudrate=baud or int(meter.ready["baud"]), timeout=patience, retries=0)
    assert client.connect()
    return client


ALL = {"mbpoll": mbpoll, "minimalmodbus": minimal, "pymodbus": pymodbus}

#: Each client over each place that it speaks: minimalmodbus knows serial lines only.
OVER = [("mbpoll", "pty"), ("minimalmodbus", "pty"), ("pymodbus", "pty"), ("mbpoll", "tcp"), ("pymodbus", "tcp")]

__all__ = ["ALL", "OVER", "Point", "Refused", "Unheard", "pymodbus_client", "serial"]
