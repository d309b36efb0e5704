"""What the documents show works: the examples run as a reader would run them."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).parents[2]
EXAMPLE = ROOT / "docs/examples/test_paid_twice.py"


def test_paid_twice(backspin):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", EXAMPLE],
        capture_output=True, text=True, timeout=50, env={**os.environ, "BACKSPIN": backspin},
    )
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout + done.stderr


def test_paid_twice_can_fail(backspin, tmp_path):
    """A portal that bills the export register alone is not caught by it: the test fails then."""
    honest = EXAMPLE.read_text().replace(' - 25 * (after["dial"] - before["dial"])', "")
    assert honest != EXAMPLE.read_text()
    (tmp_path / "test_honest.py").write_text(honest)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path],
        capture_output=True, text=True, timeout=50, env={**os.environ, "BACKSPIN": backspin},
    )
    assert done.returncode == 1 and "1 failed" in done.stdout, done.stdout + done.stderr


def test_it_is_at_most_20_lines_of_code():
    code = [line for line in EXAMPLE.read_text().splitlines() if line.strip() and not line.startswith('"""')]
    assert len(code) <= 20, f"{len(code)} lines"


def test_the_page_shows_it_as_it_is():
    page = (ROOT / "docs/live-meter.md").read_text()
    assert EXAMPLE.read_text().strip() in page, "docs/live-meter.md shows another docs/examples/test_paid_twice.py"
