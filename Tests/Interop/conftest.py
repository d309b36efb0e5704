"""What every test here has: a watchdog, the tools it needs, and meters that end with the test.

Run by scripts/test, or by hand: BACKSPIN=.build/debug/backspin .build-venv/bin/python -m pytest Tests/Interop
"""

import importlib.util
import os
import shutil
import signal

import pytest

SETUP = "run scripts/setup, which installs it"

#: Their modules: looked for, not imported, since some take their time.
CLIENTS = ["minimalmodbus", "pymodbus", "serial", "iec62056_21", "han", "gurux_dlms", "dlms_cosem"]

for client in CLIENTS:
    if importlib.util.find_spec(client) is None:
        raise pytest.UsageError(f"{client} is not here: {SETUP}")

import live
import served

#: Seconds until a test is ended. Each takes far less; this is for what hangs.
PATIENCE = 60


class TooLate(BaseException):
    """Not an Exception, so that no client under test can swallow it."""


def pytest_configure(config):
    config.addinivalue_line("markers", "needs(*tools): programs that the test runs")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Ends a test that hangs, and says where it hung."""

    def bark(_number, _frame):
        raise TooLate(f"{item.name} took more than {PATIENCE} s")

    former = signal.signal(signal.SIGALRM, bark)
    signal.alarm(PATIENCE)
    try:
        return (yield)
    except TooLate as late:
        raise AssertionError(str(late)) from late
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, former)


@pytest.fixture(autouse=True)
def tools(request):
    """A test that needs an absent tool fails: what is skipped is never seen again."""
    for mark in request.node.iter_markers("needs"):
        for tool in mark.args:
            if shutil.which(tool) is None:
                pytest.fail(f"{tool} is not here: {SETUP}", pytrace=False)


@pytest.fixture(scope="session")
def backspin():
    """The program under test."""
    program = os.environ.get("BACKSPIN")
    if not program:
        pytest.fail("BACKSPIN does not say which program to test: run scripts/test", pytrace=False)
    if not os.access(program, os.X_OK):
        pytest.fail(f"there is no program {program}: run scripts/test", pytrace=False)
    return os.path.abspath(program)


@pytest.fixture
def start(backspin):
    """Starts meters and waits until each is ready; whatever is left is ended after the test."""
    started = []

    def start(*arguments, **options):
        meter = live.Meter(backspin, arguments, **options)
        started.append(meter)
        meter.wait_until_ready()
        return meter

    yield start
    for meter in started:
        meter.clear_away()


@pytest.fixture
def serve(backspin):
    """Starts `backspin record --listen` and `backspin replay`; whatever is left is killed after the test."""
    running = []

    def serve(*arguments):
        running.append(served.Served(backspin, arguments))
        return running[-1]

    yield serve
    for one in running:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait(5)


@pytest.fixture(params=["pty", "tcp"])
def place(request, tmp_path):
    """Options that put a meter on a pty or a TCP port of its own."""
    if request.param == "tcp":
        return ["--tcp", "127.0.0.1:0"]
    return ["--serial", str(tmp_path / "meter0")]


@pytest.fixture
def link(tmp_path):
    """A name for a pty's link."""
    return str(tmp_path / "meter0")


@pytest.fixture
def run(backspin):
    """Runs `backspin` to its end; gives exit code, standard output and standard error."""
    return lambda *arguments, **options: live.run(backspin, arguments, **options)
