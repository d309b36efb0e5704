"""`--redact`: nothing of a supply's or a meter's number is left in anything that is printed or written."""

import json
import re

import pytest

MPAN, DIAL = "2278676232781", "2204707514535"
SERIAL, DISC = "21E7654321", "F75A 00802"
SECRETS = [MPAN, DIAL, SERIAL, DISC, DISC.replace(" ", ""), "7654321", "00802"]

STORY = f"""
id: leak
title: Meter {SERIAL} of {MPAN}
from: 2026-05-01T00:00Z
site: {{flow: -1 kW}}
meters:
  export: {{profile: smets2-single-element, serial: {SERIAL}, mpan: "{MPAN}"}}
  import: {{profile: disc-187.5-rev-5-digit, serial: {DISC}, mpan: "{DIAL}", reads: 100 kWh}}
agreement: {{licensee: strict-metered, tariff: {{flat: 5.57 p/kWh}}}}
timeline:
  - {{every: day, at: "00:10Z", remote-reads: export}}
  - {{at: 2026-05-02T09:00Z, customer-reads: import, photo: {{serial: {SERIAL}}}}}
  - {{at: 2026-05-05T00:30Z, settle: export}}
expect:
  - {{decision: READ_REMOTE, subject: {SERIAL}, says: "never said of {MPAN}"}}
"""

FLOW = (f"ZHV|1|D0010002|D|A|X|B|20260702060000||||OPER|\n026|{MPAN}|V|\n028|{SERIAL}|R|\n"
        "030|01|20260501000000|1000.0|\n030|01|20260701000000|1250.1|\nZPT|1|4|\n")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder to run in: the key of its masks is kept in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/story.yaml").write_text(STORY)
    (tmp_path / f"secret/{MPAN}.usr").write_text(FLOW)
    return tmp_path


def leaks(folder, *texts):
    """Which of the numbers stand in texts, or in files outside `secret` or in their names."""
    found = [secret for text in texts for secret in SECRETS if secret in text]
    for file in folder.rglob("*"):
        if file.is_file() and folder / "secret" not in file.parents:
            content = file.read_bytes()
            found += [f"{secret} in {file}" for secret in SECRETS if secret.encode() in content or secret in str(file)]
    return found


def test_nothing_leaks_from_a_run(run, here):
    done = run("run", "secret/story.yaml", "--redact", "--json", "a.json", "--html", "a.html", "--junit", "a.xml",
               "--flows", "flows")
    assert done.code == 1, done
    explained = run("explain", "--redact")
    reported = run("report", "--redact", "--html", "b.html", "--json", "b.json")
    assert explained.code == reported.code == 0, explained
    files = {file.name for file in here.rglob("*") if file.is_file()}
    assert {"a.json", "a.html", "a.xml", "b.html", "b.json", "run.json", "report.html", "leak.bsj"} <= files
    assert any(name.startswith("D0010-99") for name in files), files
    assert leaks(here, done.out, done.err, explained.out, reported.out) == []


def test_the_test_can_fail(run, here):
    done = run("run", "secret/story.yaml", "--json", "a.json", "--flows", "flows")
    found = leaks(here, done.out)
    assert all(any(secret in one for one in found) for secret in (MPAN, DIAL, SERIAL, DISC)), found


def test_masks_are_the_same_wherever_they_are_made(run, here):
    """A record made plainly and masked afterwards says what one says that was masked at once."""
    run("run", "secret/story.yaml", "--redact", "--json", "masked.json", "--record", "one")
    run("run", "secret/story.yaml", "--record", "two")
    run("report", "two/latest", "--redact", "--json", "later.json")
    masked, later = (json.loads((here / name).read_text())["stories"][0] for name in ("masked.json", "later.json"))
    # The digest of a journal is that of its words; lists of names are sorted by what they were when they were listed.
    masked.pop("journal"), later.pop("journal")
    for story in (masked, later):
        story["mpans"].sort(), story["serials"].sort()
    assert masked == later
    settled = run("settle", "--flow", f"secret/{MPAN}.usr", "--licensee", "bulb", "--flat", "5 p/kWh", "--redact", "--json")
    assert settled.code == 0, settled
    mask = json.loads(settled.out)["statements"][0]["mpan"]
    assert mask == masked["outcome"]["statements"][0]["mpan"]
    weights = [3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43]
    check = sum(int(digit) * weight for digit, weight in zip(mask, weights)) % 11 % 10
    assert mask.startswith("99") and int(mask[12]) == check, mask
    assert re.fullmatch(r"\d\d[A-Z]\d{7}", masked["meters"][0]["serial"])


def test_nothing_leaks_from_settle(run, here):
    words = ["settle", "--flow", f"secret/{MPAN}.usr", "--licensee", "bulb", "--flat", "5.57 p/kWh", "--redact"]
    texts = [run(*words, "--flows", "flows"), run(*words, "--json"), run(*words, "--half-hours")]
    assert [one.code for one in texts] == [0, 0, 0], texts
    assert leaks(here, *(one.out + one.err for one in texts)) == []


@pytest.mark.parametrize("change, says", [
    (("1250.1", "1x"), "BS-FLOW-07"), ((MPAN, "2278676232782"), "BS-FLOW-05"), (("ZPT|1|4|\n", ""), "BS-FLOW-09")])
def test_nothing_leaks_from_a_complaint(run, here, change, says):
    (here / "secret/bad.usr").write_text(FLOW.replace(*change))
    done = run("settle", "--flow", "secret/bad.usr", "--licensee", "bulb", "--flat", "5.57 p/kWh", "--redact")
    assert done.code == 2 and says in done.err, done
    assert leaks(here, done.out, done.err) == [] and "2278676232782" not in done.err


def test_nobody_else_reads_the_key(run, here):
    run("run", "secret/story.yaml", "--redact")
    key = here / ".backspin/redact-key"
    assert key.stat().st_mode & 0o777 == 0o600
    first = key.read_text()
    run("run", "secret/story.yaml", "--redact")
    assert key.read_text() == first and re.fullmatch(r"[0-9a-f]{32}\n", first)
    key.write_text("not a key")
    done = run("run", "secret/story.yaml", "--redact")
    assert done.code == 2 and "is no key" in done.err and leaks(here, done.out) == [], done


def test_a_journal_alone_is_not_explained_with_masks(run, here):
    run("run", "secret/story.yaml")
    (here / "alone.bsj").write_bytes((here / ".backspin/runs/latest/stories/leak.bsj").read_bytes())
    done = run("explain", "alone.bsj", "--redact")
    assert done.code == 2 and "says what is to be masked" in done.err and done.out == "", done
