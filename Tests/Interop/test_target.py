"""A settlement core of the user's own, in another language: it works, and whatever it does instead of answering is a
verdict with evidence, within its time, with exit code 1, and with nothing left running."""

import json
import pathlib
import shlex
import subprocess
import sys
import time

import fastjsonschema
import pytest

ROOT = pathlib.Path(__file__).parents[2]
CORE = ROOT / "docs/examples/core.py"

STORY = """
id: two-readings
title: Two readings of an export register at a flat rate
from: 2026-05-01T00:00Z
site: {flow: -1 kW}
meters: {export: {profile: smets2-single-element, serial: EM-1, mpan: "9900000000015"}}
agreement: {licensee: bulb, tariff: {flat: 5.57 p/kWh}, installation: {technology: hydro, capacity: 4 kW}}
timeline:
  - {every: day, at: "00:10Z", remote-reads: export, what: [registers]}
  - {at: 2026-05-03T00:30Z, settle: export}
  - {at: 2026-05-04T00:30Z, settle: export}
expect:
  - {statement: first, amount: £2.67, energy: 48 kWh}
  - {statement: last, amount: £1.34, energy: 24 kWh}
  - {decision: PAY_OK}
# 1 kW for 48 h: 48 kWh x 5.57 p = 267.36p; for 24 h more: 133.68p.
worked: 48 x 5.57 = 267.36; 24 x 5.57 = 133.68
"""


@pytest.fixture
def story(tmp_path):
    file = tmp_path / "story.yaml"
    file.write_text(STORY)
    return file


@pytest.fixture
def judged(run, story, tmp_path):
    """Runs the story by a target; gives the ending, the story of its JSON, and the seconds it took."""

    def judged(command, *options):
        began = time.monotonic()
        done = run("run", story, "--target", f"exec:{command}", "--json", tmp_path / "run.json", "--record",
                   tmp_path / "runs", *options)
        took = time.monotonic() - began
        text = (tmp_path / "run.json").read_text() if (tmp_path / "run.json").exists() else "{}"
        return done, (json.loads(text).get("stories") or [None])[0], took

    return judged


def python(program):
    return f"{shlex.quote(sys.executable)} -c {shlex.quote(program)}"


def example():
    return f"{shlex.quote(sys.executable)} {CORE}"


def test_the_example_settles(judged):
    done, story, _ = judged(example())
    assert done.code == 0, done
    assert story["verdict"] == "passed", done
    assert [one["netPence"] for one in story["outcome"]["statements"]] == [267, 134]


def test_our_own_core_behind_its_lines_says_the_same(judged, run, story, backspin, tmp_path):
    behind, _, _ = judged(f"{backspin} core")
    within = run("run", story, "--json", tmp_path / "within.json", "--record", tmp_path / "runs")
    assert behind.code == within.code == 0, behind
    assert (tmp_path / "run.json").read_text() == (tmp_path / "within.json").read_text()


def test_the_example_is_judged_like_any_core(judged):
    """A core that pays a penny too much is found out."""
    greedy = CORE.read_text().replace("int(exact.", "1 + int(exact.")
    assert greedy != CORE.read_text()
    done, story, _ = judged(python(greedy))
    assert done.code == 1 and story["verdict"] == "failed", done
    assert [one["checker"] for one in story["checks"] if one["finding"] != "met"] == ["statement", "statement"]


def test_it_refuses_what_it_cannot(judged, story):
    story.write_text(STORY.replace("{flat: 5.57 p/kWh}", '{time-of-use: {"16:00-19:00": 9 p/kWh, otherwise: 5 p/kWh}}'))
    done, one, _ = judged(example())
    assert done.code == 1
    assert "it refuses the case: this core pays flat tariffs only" in one["checks"][0]["got"], done


HELLO = 'import sys, json; sys.stdin.readline(); print(json.dumps({"hello": "h", "version": 1}), flush=True); '

HOSTILE = {
    # what it does: (program, what is said, what stands in the evidence)
    "sleeps": ("import time; time.sleep(99)", "no whole line within 700ms", "still running, and killed"),
    "sleeps on the case": (HELLO + "import time; time.sleep(99)", "no whole line within 700ms", "killed"),
    "dies": (HELLO + "sys.stdin.readline(); sys.exit('out of luck')", "its output ended", "out of luck"),
    "dies of a signal": (HELLO + "import os; os.kill(os.getpid(), 11)", "its output ended", "exit status 139"),
    "prints garbage": (HELLO + "print('hello?!')", "this is no JSON", "came (7 bytes): hello?!"),
    "prints bytes": (HELLO + "sys.stdout.buffer.write(b'\\xff\\xfe\\n')", "is not UTF-8", "came (2 bytes)"),
    "prints half": (HELLO + "print('{\"id\": \"1\", \"outc', end='')", "its output ended", "no whole line"),
    "prints half and waits": (
        HELLO + "print('{\"id\"', end='', flush=True); sys.stdin.readlines()", "no whole line within 700ms", '{"id"'),
    "prints for ever": (HELLO + "\nwhile True: print('x' * 65536, end='')", "no whole line within", "xxx"),
    "answers another case": (
        HELLO + 'print(json.dumps({"id": "9", "outcome": {"statements": [], "decisions": []}}))',
        "it answers case '9', and case '1' was asked", '"outcome"'),
    "cites what was not sent": (
        HELLO + 'print(json.dumps({"id": "1", "outcome": {"statements": [], "decisions": [{"at": "2026-05-01T00:00Z", '
        '"code": "PAY_OK", "severity": "query", "subject": "", "text": "", "reads": [4000000000]}]}}))',
        "it cites the read 4000000000, which was not sent", "PAY_OK"),
    "invents a code": (
        HELLO + 'print(json.dumps({"id": "1", "outcome": {"statements": [], "decisions": [{"at": "2026-05-01T00:00Z", '
        '"code": "PAY_ALL", "severity": "query", "subject": "", "text": ""}]}}))', "'PAY_ALL' is no reason code", ""),
    "speaks version 2": ('print(\'{"hello": "h", "version": 2}\')', "it speaks version 2", '"version": 2'),
    "writes much to standard error": (
        HELLO + "sys.stderr.write('e' * 1000000 + 'the end'); sys.exit(4)", "its output ended", "the end"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_answer_is_a_verdict(judged, what):
    program, says, evidence = HOSTILE[what]
    done, story, took = judged(python(program), "--target-timeout", "700ms")
    assert done.code == 1, done
    assert story["verdict"] == "failed"
    assert [one["checker"] for one in story["checks"]] == ["target"]
    check = story["checks"][0]
    assert says in check["got"], check
    assert evidence in "\n".join(check["why"]), check
    assert "sent (" in check["why"][0]
    assert took < 20, "it costs its patience, not a hang"


def running(mark):
    words = subprocess.run(["ps", "-eo", "pid,stat,args"], capture_output=True, text=True, check=True).stdout
    return [line for line in words.splitlines() if mark in line and "ps -eo" not in line]


def test_all_that_a_core_started_is_ended(judged):
    mark = "61741"
    done, _, _ = judged(f"sleep {mark} & sleep {mark}; true", "--target-timeout", "300ms")
    assert done.code == 1
    deadline = time.monotonic() + 5
    while running(mark) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert running(mark) == []


def test_a_core_is_kept_from_story_to_story(run, story, tmp_path):
    """A table of five rows: one process settles them all, where one thread runs them."""
    rows = "\n".join(f"  - {{id: r{number}, power: -{number} kW}}" for number in range(1, 6))
    story.write_text(STORY.replace("-1 kW", "$power").split("expect:")[0] + f"expect: [{{decision: PAY_OK}}]\ntable:\n{rows}\n")
    log = tmp_path / "started"
    done = run("run", story, "--jobs", "1", "--record", tmp_path / "runs", "--target",
               f"exec:echo x >> {log}; exec {example()}")
    assert done.code == 0, done
    assert log.read_text() == "x\n"


def test_settle_by_a_core(run, tmp_path):
    """`settle` without any story: two readings of a flow file."""
    (tmp_path / "d0010.usr").write_text(
        "ZHV|1|D0010002|D|A|X|B|20260702060000||||OPER|\n026|9900000000015|V|\n028|S1|R|\n"
        "030|01|20260501000000|1000.0|\n030|01|20260701000000|1250.1|\nZPT|1|4|\n")
    words = ["settle", "--flow", tmp_path / "d0010.usr", "--licensee", "bulb", "--flat", "5.57 p/kWh", "--json"]
    done = run(*words, "--target", f"exec:{example()}")
    assert done.code == 0, done
    # 250.1 kWh x 5.57 p = 1393.057p.
    assert json.loads(done.out)["statements"][0]["exactPence"] == "1393.057"
    failed = run(*words, "--target", "exec:exit 3")
    assert failed.code == 1 and failed.out == "", failed
    assert "the target gave no outcome: its output ended" in failed.err and "exit status 3" in failed.err


@pytest.mark.parametrize("target, says", [
    ("http://localhost/", "targets behind a URL are not built"), ("exec:", "--target is embedded or exec:CMD"),
    ("elsewhere", "--target is embedded or exec:CMD")])
def test_targets_that_are_none(run, story, target, says):
    done = run("run", story, "--target", target)
    assert done.code == 2 and says in done.err and done.out == "", done


def test_the_lines_keep_their_schema(backspin, tmp_path):
    """What goes out and what comes back is as the printed schema says, by somebody else's validator."""
    schema = json.loads(subprocess.run([backspin, "core", "--schema"], capture_output=True, text=True, check=True).stdout)
    valid = fastjsonschema.compile(schema)
    with subprocess.Popen([backspin, "core"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as core:
        for request in requests(backspin, tmp_path):
            valid(request)
            print(json.dumps(request), file=core.stdin)
            answer = json.loads(core.stdout.readline())
            assert valid(answer) and ("hello" in answer or "outcome" in answer), str(answer)[:500]
    broken = {"id": "1", "outcome": {"statements": [{"licensee": 3}], "decisions": []}}
    with pytest.raises(fastjsonschema.JsonSchemaException):
        valid(broken)


def requests(backspin, folder):
    """What a run of shipped stories sends: a target that writes it down, and hands it on to our core."""
    log = folder / "sent.jsonl"
    stories = [ROOT / "Scenarios" / name for name in ("ordinary", "reads", "tariffs")]
    subprocess.run([backspin, "run", *stories, "--record", folder / "runs", "--jobs", "1", "--target",
                    f"exec:tee {log} | {backspin} core"], check=False, capture_output=True)
    sent = [json.loads(line) for line in log.read_text().splitlines()]
    assert len(sent) > 15
    return sent


def test_it_is_at_most_40_lines_of_code():
    code = [line for line in CORE.read_text().splitlines() if line.strip() and not line.startswith('"""')]
    assert len(code) <= 40, f"{len(code)} lines"


def test_the_page_shows_it_as_it_is():
    page = (ROOT / "docs/target.md").read_text()
    assert CORE.read_text().strip() in page, "docs/target.md shows another docs/examples/core.py"
