"""Makes scripts/bench-site's table of lines "engine work milliseconds kWh"; exits 1 if two engines disagree."""
import sys

AIMS = {
    "year-half-hours": 5.0,
    "years-half-hours-100": 500.0,
    "day-seconds-meter": 10.0,
    "day-seconds-meter-battery": 10.0,
    "year-seconds": 1500.0,
    "year-seconds-meter": 1500.0,
    "year-seconds-battery": 1500.0,
}
best, energy = {}, {}
for line in sys.stdin:
    engine, work, milliseconds, kwh = line.split()
    key = (engine, work)
    best[key] = min(best.get(key, float("inf")), float(milliseconds))
    energy[key] = float(kwh)

print(f"{'work':28}{'ours, ms':>10}{'aim, ms':>10}{'pvlib, ms':>12}{'pvlib / ours':>14}")
wrong = False
for work, aim in AIMS.items():
    if ("backspin", work) not in best:
        print(f"{work:28}  not measured")
        wrong = True
        continue
    ours, peer = best["backspin", work], best.get(("pvlib", work))
    row = f"{work:28}{ours:10.2f}{aim:10.0f}"
    if peer is not None:
        row += f"{peer:12.1f}{peer / ours:14.1f}"
        difference = energy["backspin", work] / energy["pvlib", work] - 1
        row += f"   energy {difference * 100:+.4f} %"
        if abs(difference) > 0.001:
            row += " DIFFERS"
            wrong = True
    if ours > aim:
        row += "   aim missed"
    print(row)
sys.exit(1 if wrong else 0)
