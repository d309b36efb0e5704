"""My portal paid twice when the import meter ran backwards. Needs pytest, pymodbus, and backspin on PATH."""
import json, os, subprocess
from pymodbus.client import ModbusTcpClient

def portal(before, after):  # in pence: it pays 15p for export, and bills at 25p what the import dial shows
    return 15 * (after["export"] - before["export"]) - 25 * (after["dial"] - before["dial"])

def test_paid_twice():
    words = ["meter", "eastron-sdm120", "--tcp", "127.0.0.1:0", "--clock", "manual", "--power", "-2 kW"]
    words = [os.environ.get("BACKSPIN", "backspin"), *words, "--set", "export=0kWh,total=1000kWh"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as meter:
        with ModbusTcpClient("127.0.0.1", port=int(meter.stdout.readline().rpartition(":")[2])) as client:
            def read(address):
                registers = client.read_input_registers(address, count=2).registers
                return client.convert_from_registers(registers, client.DATATYPE.FLOAT32)
            client.write_registers(0xF920, [3])  # the total is now import - export: an old disc meter's dial
            before = {"export": read(74), "dial": read(342)}
            print(json.dumps({"advance": "5h"}), file=meter.stdin)  # 10 kWh flow out
            assert json.loads(meter.stdout.readline())["ok"]
            after = {"export": read(74), "dial": read(342)}
    assert portal(before, after) == 150 + 250  # 150p are right; the same 10 kWh took 250p off the import bill
