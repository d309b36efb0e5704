"""A meter by another hand: pymodbus' server with some registers of an SDM230 and an EM24. A program of its own, which
prints one line when it listens: `tcp PORT` or `serial PATH`.

    pymodbus_server.py tcp|PATH sdm230|em24
"""

import asyncio
import struct
import sys

from pymodbus.server import ModbusSerialServer, ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice


def floats(values):
    """Two registers each, the most significant first, at even addresses."""
    return [struct.unpack(">HH", struct.pack(">f", value)) for value in values]


def words(values):
    """32 bits in two registers, the least significant first."""
    return [struct.unpack(">HH", struct.pack(">i", value))[::-1] for value in values]


def sdm230():
    """-2345.5 W; 1234.5 kWh in, 987.625 kWh out. The total at 342 is not there: exception 02."""
    registers = [0] * 100
    for address, pair in zip([12, 72, 74], floats([-2345.5, 1234.5, 987.625]), strict=True):
        registers[address : address + 2] = pair
    return {"ir": registers, "hr": [0]}


def em24():
    """-2345.6 W; 123456.7 kWh in, 0.3 kWh out."""
    registers = [0] * 100
    for address, pair in zip([40, 62, 66, 92], words([-23456, 1234567, 1234567, 3]), strict=True):
        registers[address : address + 2] = pair
    return {"hr": registers, "ir": registers}


def device(blocks):
    data = {name: SimData(0, values=values, datatype=DataType.REGISTERS) for name, values in blocks.items()}
    bits = SimData(0, values=[False], datatype=DataType.BITS)
    return SimDevice(1, simdata=([bits], [bits], [data["hr"]], [data["ir"]]))


async def serve(place, make):
    context = device({"sdm230": sdm230, "em24": em24}[make]())
    if place == "tcp":
        server = ModbusTcpServer(context, address=("127.0.0.1", 0))
        await server.serve_forever(background=True)
        print("tcp", server.transport.sockets[0].getsockname()[1], flush=True)
    else:
        server = ModbusSerialServer(context, port=place, baudrate=9600)
        await server.serve_forever(background=True)
        print("serial", place, flush=True)
    # Until whoever started us closes our input.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(serve(*sys.argv[1:]))
