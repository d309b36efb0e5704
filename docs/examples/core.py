"""A settlement core in 40 lines: a flat tariff on reads of the export register. See docs/target.md."""
import json, sys
from decimal import ROUND_HALF_UP, Decimal

def line_between(first, last, rate):
    energy = last["wh"] - first["wh"]
    exact = Decimal(energy) * Decimal(rate) / 1000  # never floating point: prices are decimal strings of p/kWh
    return {"kind": "paid", "basis": "registers", "from": first["at"], "to": last["at"], "wh": energy, "rate": rate,
            "exactPence": f"{exact:f}", "amountPence": int(exact.quantize(Decimal(1), ROUND_HALF_UP)),
            "reason": "PAY_OK", "rule": "R-TAR-01", "reads": [first["cause"], last["cause"]]}

def settle(case):
    agreement = case["agreement"]
    rate = agreement["tariff"][0]["is"].get("flat")
    if rate is None:
        raise ValueError("this core pays flat tariffs only")
    serials = [meter["serial"] for meter in agreement["meters"] if "export" in meter["uses"]]
    reads = sorted((read for read in case["reads"] if read["register"] == "export" and read["serial"] in serials
                    and read["at"] >= case["from"]), key=lambda read: read["at"])
    begin, paid, statements, decisions = case["from"], None, [], []
    for now in case["settlements"]:  # each uses what was received by then, and pays what none before it has paid
        known = [read for read in reads if read["received"] <= now]
        paid = paid or (known[0] if known else None)
        lines = [line_between(paid, known[-1], rate)] if known and known[-1]["at"] > paid["at"] else []
        decisions += [{"at": now, "code": "PAY_OK", "severity": "information", "subject": agreement["exportMPAN"],
                       "text": f"{line['wh']} Wh at {rate} p/kWh", "reads": line["reads"]} for line in lines]
        statements.append({"licensee": agreement["licensee"], "mpan": agreement["exportMPAN"], "from": begin, "to": now,
                           "status": "payable" if lines else "held", "lines": lines, "due": None,
                           "exactPence": lines[0]["exactPence"] if lines else "0",
                           "netPence": sum(line["amountPence"] for line in lines)})
        begin, paid = now, known[-1] if known else None
    return {"statements": statements, "decisions": decisions}

for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = {"id": request["id"], "outcome": settle(request["case"])} if "case" in request else {
            "hello": "core.py", "version": 1}
    except ValueError as why:
        answer = {"id": request["id"], "error": str(why)}
    print(json.dumps(answer), flush=True)
