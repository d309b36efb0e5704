"""A settlement core in 40 lines: a flat tariff on reads of the export register. See docs/target.md."""
import json
import sys
from decimal import ROUND_HALF_UP, Decimal


def settle(case):
    agreement = case["agreement"]
    rate = agreement["tariff"][0]["is"].get("flat")
    if rate is None:
        raise ValueError("this core pays flat tariffs only")
    exporters = [meter["serial"] for meter in agreement["meters"] if "export" in meter["uses"]]
    start, paid, statements, decisions = case["from"], None, [], []
    for now in case["settlements"]:
        reads = [read for read in case["reads"] if read["received"] <= now and read["at"] >= case["from"]
                 and read["register"] == "export" and read["serial"] in exporters]
        reads.sort(key=lambda read: read["at"])
        lines = []
        if reads and reads[-1] is not (first := paid or reads[0]):
            last = reads[-1]
            energy = last["wh"] - first["wh"]
            exact = Decimal(energy) * Decimal(rate) / 1000
            amount = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
            because = {"reads": [first["cause"], last["cause"]], "rule": "R-TAR-01"}
            lines.append({"kind": "paid", "basis": "registers", "from": first["at"], "to": last["at"], "wh": energy,
                          "rate": rate, "exactPence": f"{exact:f}", "amountPence": amount, "reason": "PAY_OK", **because})
            decisions.append({"at": now, "code": "PAY_OK", "severity": "information", "text": f"{energy} Wh at {rate}",
                              "subject": agreement["exportMPAN"] or "", **because})
            paid = last
        statements.append({"licensee": agreement["licensee"], "mpan": agreement["exportMPAN"] or "", "from": start, "to": now,
                           "status": "paid" if lines else "held", "lines": lines,
                           "exactPence": lines[0]["exactPence"] if lines else "0",
                           "netPence": sum(line["amountPence"] for line in lines), "due": None})
        start = now
    return {"statements": statements, "decisions": decisions}


for line in sys.stdin:
    request = json.loads(line)
    if "hello" in request:
        answer = {"hello": "core.py", "version": 1}
    else:
        try:
            answer = {"id": request["id"], "outcome": settle(request["case"])}
        except ValueError as why:
            answer = {"id": request["id"], "error": str(why)}
    print(json.dumps(answer), flush=True)
