"""Readers of Modbus registers by other hands, made to look alike: each gives words, or raises `Refused`.

libmodbus is called through ctypes: a process a register would take minutes.
"""

import ctypes
import ctypes.util
import time

import minimalmodbus
from pymodbus import FramerType
from pymodbus.client import ModbusSerialClient, ModbusTcpClient

from clients import Refused, Unheard

LIBRARY = ctypes.CDLL(ctypes.util.find_library("modbus") or "libmodbus.so.5", use_errno=True)
LIBRARY.modbus_new_tcp.restype = LIBRARY.modbus_new_rtu.restype = ctypes.c_void_p
#: libmodbus' numbers for exceptions begin here.
ENOBASE = 112345678


class LibModbus:
    def __init__(self, meter, patience=2):
        patience = int(patience) or 1
        if meter.is_tcp:
            self.handle = LIBRARY.modbus_new_tcp(b"127.0.0.1", meter.port)
        else:
            self.handle = LIBRARY.modbus_new_rtu(meter.path.encode(), int(meter.ready["baud"]), ctypes.c_char(b"N"), 8, 1)
        self.handle = ctypes.c_void_p(self.handle)
        LIBRARY.modbus_set_response_timeout(self.handle, patience, 0)
        assert LIBRARY.modbus_connect(self.handle) == 0, "libmodbus does not connect"

    def _do(self, unit, call, *arguments):
        LIBRARY.modbus_set_slave(self.handle, unit)
        ctypes.set_errno(0)
        if call(self.handle, *arguments) >= 0:
            return
        number = ctypes.get_errno()
        if ENOBASE < number < ENOBASE + 12:
            raise Refused(number - ENOBASE)
        raise Unheard(f"errno {number}")

    def read(self, unit, function, address, count):
        words = (ctypes.c_uint16 * count)()
        call = LIBRARY.modbus_read_registers if function == 3 else LIBRARY.modbus_read_input_registers
        self._do(unit, call, address, count, words)
        return list(words)

    def write(self, unit, address, words):
        self._do(unit, LIBRARY.modbus_write_registers, address, len(words), (ctypes.c_uint16 * len(words))(*words))

    def close(self):
        LIBRARY.modbus_close(self.handle)
        LIBRARY.modbus_free(self.handle)


class PyModbus:
    """Modbus TCP, RTU on a serial line, or RTU over TCP."""

    def __init__(self, meter, patience=2):
        if meter.is_tcp:
            framer = FramerType.RTU if meter.ready["framing"] else FramerType.SOCKET
            self.client = ModbusTcpClient("127.0.0.1", port=meter.port, timeout=patience, retries=0, framer=framer)
        else:
            self.client = ModbusSerialClient(
                meter.path, baudrate=int(meter.ready["baud"]), timeout=patience, retries=0)
        assert self.client.connect()

    def ask(self, call, *arguments, **options):
        try:
            answer = call(*arguments, **options)
        except Exception as wrong:
            raise Unheard(str(wrong)) from wrong
        if answer.isError():
            raise Refused(answer.exception_code)
        return answer

    def read(self, unit, function, address, count):
        read = self.client.read_holding_registers if function == 3 else self.client.read_input_registers
        return self.ask(read, address, count=count, device_id=unit).registers

    def write(self, unit, address, words):
        self.ask(self.client.write_registers, address, words, device_id=unit)

    def close(self):
        self.client.close()


class Minimal:
    """A serial line alone."""

    WORDS = {"illegal function": 1, "illegal data address": 2, "illegal data value": 3}

    def __init__(self, meter, patience=2):
        self.instrument = minimalmodbus.Instrument(meter.path, 1)
        self.instrument.serial.baudrate = int(meter.ready["baud"])
        self.instrument.serial.timeout = patience

    def _do(self, unit, call, *arguments, **options):
        self.instrument.address = unit
        try:
            return call(*arguments, **options)
        except minimalmodbus.SlaveReportedException as refused:
            code = next(code for word, code in self.WORDS.items() if word in str(refused).lower())
            raise Refused(code) from refused
        except minimalmodbus.ModbusException as wrong:
            raise Unheard(str(wrong)) from wrong

    def read(self, unit, function, address, count):
        return self._do(unit, self.instrument.read_registers, address, count, functioncode=function)

    def write(self, unit, address, words):
        self._do(unit, self.instrument.write_registers, address, words)

    def close(self):
        self.instrument.serial.close()


def wait_out(name):
    """Some makes do not hear polls that come too soon."""
    if name == "rayleigh-ri-d175":
        time.sleep(0.42)
