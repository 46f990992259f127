"""What `make` and `python3 -m dev` offer."""

import contextlib
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from . import builds, cluster, databases, odoo_conf, odoo_run, places, reset, serve, setup, testing
from . import tenant as tenants
from .connection import outside_server
from .say import Failure, duration, line, step
from .stamps import fingerprint

HELP = """\
make demo      the suite with its demo story on http://127.0.0.1:8069
               PORT=8070  another port     DETACH=1  in the background
make stop      stop the demo server (ALL=1: PostgreSQL too)
make reset     drop the demo, test and base databases (ALL=1: everything that was made;
               TENANTS=1: customers' databases too)
make test      every test        ONLY=unit|odoo|system   K=expression   WORKERS=2
make unit      tests that need no database: seconds
make lint      every linter
make bench     measurements      ONLY=api,count,entering,exchange,handheld
make wheels    one wheel an addon in dist/
make tenant    one more customer's database: NAME=acme
make i18n      export and merge the translations
make sdk       write the clients of the REST API; BREAK=1 lets /v1 break, before its release
make setup     all but the databases;  make update: bring the databases up to the code
For all: ODOO_HOME=/path/to/odoo-19, DATABASE_URL=postgresql://… or PG* variables

python3 -m dev env                     variables for your shell: eval "$(…)"
python3 -m dev db NAME [--demo]        a database for development, as a copy
python3 -m dev odoo [DATABASE] -- …    Odoo's own program with our configuration
"""


def demo(_arguments: list[str]) -> int:
    """Serve the suite with its demo story."""
    port = serve.wanted_port()
    note = serve.running()
    if not note:
        serve.check_port(port)
    connection = setup.everything()
    code = fingerprint(builds.base_print(), *builds.addon_prints().values(), _python_print())
    same = note is not None and note["code"] == code and note["port"] == port
    if note and not same:
        serve.stop()
    logins = builds.ensure_demo(connection)
    if same and serve.answers(port):
        serve.announce(port, logins)
        return 0
    detach = os.environ.get("DETACH", "") not in ("", "0")
    process = serve.start(connection, port, code, detach=detach)
    serve.announce(port, logins)
    if detach:
        line("  It runs in the background; make stop ends it.")
        return 0
    line("  Ctrl-C ends it.")
    return serve.wait(process)


def _python_print() -> str:
    """Fingerprint the code that needs no update of the database, but a new start."""
    files = [
        path
        for addon in places.present_addons()
        for path in (places.ROOT / addon).rglob("*.py")
        if "tests" not in path.parts
    ]
    return fingerprint(*(part for path in sorted(files) for part in (str(path), path.read_bytes())))


def stop(_arguments: list[str]) -> int:
    """Stop the demo server."""
    if not serve.stop():
        line("• no server is running")
    if os.environ.get("ALL"):
        cluster.stop()
    return 0


def reset_(_arguments: list[str]) -> int:
    """Remove the databases, or everything."""
    private = outside_server(os.environ, places.SOCKETS) is None
    everything, tenants = bool(os.environ.get("ALL")), bool(os.environ.get("TENANTS"))
    if cluster.DATA.exists() or not private:
        connection = setup.server()
        if everything and not tenants:
            reset.refuse_with_tenants(connection)
        reset.databases_only(connection, tenants_too=tenants)
    if everything:
        reset.everything(private)
    return 0


def test(_arguments: list[str]) -> int:
    """Run the tests."""
    parts = testing.selected_parts()
    started = time.monotonic()
    setup.tools()
    results = [testing.run_unit()] if "unit" in parts else []
    if set(parts) & {"odoo", "system"}:
        results += _test_on_database(parts)
    line("\n" + testing.summary(results))
    line(f"with set-up: {duration(time.monotonic() - started)}")
    return 0 if testing.is_good(results) else 1


def _test_on_database(parts: list[str]) -> list[testing.Result]:
    try:
        connection = setup.server()
        databases.drop_leftovers(connection)
        builds.ensure_test(connection)
        if "system" in parts:
            setup.node()
    except Failure as failure:
        line(str(failure))
        return [testing.Result("database", broken=failure.what.splitlines()[0])]
    results = [testing.run_odoo(connection)] if "odoo" in parts else []
    return results + ([testing.run_system(connection)] if "system" in parts else [])


def unit(_arguments: list[str]) -> int:
    """Run the tests that need no database."""
    setup.tools()
    result = testing.run_unit()
    line("\n" + testing.summary([result]))
    return 0 if testing.is_good([result]) else 1


def _module(name: str, *, server: bool) -> Callable[[list[str]], int]:
    """Hand over to a module of `dev`, run by the environment's Python."""

    def command(arguments: list[str]) -> int:
        setup.tools()
        if name in ("lint", "sdk"):
            setup.node()
        env = setup.server().environment() if server else {**os.environ}
        return subprocess.run(
            [str(places.PYTHON), "-m", f"dev.{name}", *arguments],
            cwd=places.ROOT,
            env=env,
            check=False,
        ).returncode

    return command


def tenant(_arguments: list[str]) -> int:
    """Make one more customer's database."""
    name = os.environ.get("NAME", "").strip()
    problem = tenants.name_problem(name)
    if problem:
        raise Failure(problem, "For example: make tenant NAME=acme")
    tenants.create(setup.everything(), name)
    return 0


def setup_(_arguments: list[str]) -> int:
    """Make all but the databases."""
    setup.everything()
    setup.node()
    line("• Odoo, Python, node packages and PostgreSQL are ready")
    return 0


def update(_arguments: list[str]) -> int:
    """Bring the prepared databases up to the code."""
    connection = setup.everything()
    builds.ensure_test(connection)
    if databases.exists(connection, databases.DEMO):
        builds.ensure_demo(connection)
    line("• the databases fit the code")
    return 0


def env(_arguments: list[str]) -> int:
    """Print variables for a developer's shell."""
    with contextlib.redirect_stdout(sys.stderr):  # the shell reads our output
        connection = setup.everything()
    for key, value in connection.env.items():
        print(f"export {key}={shlex.quote(value)}")
    print(f"export PATH={shlex.quote(connection.environment()['PATH'])}")
    return 0


def db(arguments: list[str]) -> int:
    """Copy a prepared database under a name for development."""
    wanted = [argument for argument in arguments if not argument.startswith("-")]
    if len(wanted) != 1 or set(arguments) - {*wanted, "--demo"}:
        raise Failure("One name is needed.", "python3 -m dev db NAME [--demo]")
    if wanted[0] in databases.OFFICIAL:
        raise Failure(f"{wanted[0]} is a prepared database itself.", "Choose another name.")
    connection = setup.everything()
    source = databases.DEMO if "--demo" in arguments else databases.TEST
    if source == databases.DEMO:
        builds.ensure_demo(connection)
    else:
        builds.ensure_test(connection)
    with step(f"Copying {source} to {wanted[0]}"):
        databases.copy(connection, source, wanted[0])
        odoo_conf.write(connection, wanted[0])
    return 0


def odoo(arguments: list[str]) -> int:
    """Start Odoo's own program on a database."""
    split = arguments.index("--") if "--" in arguments else len(arguments)
    database = arguments[:split][0] if split else databases.DEMO
    connection = setup.everything()
    conf = odoo_conf.write(connection, database, serve.wanted_port())
    command = [str(part) for part in odoo_run.command(conf, arguments[split + 1 :])]
    os.chdir(places.ROOT)
    os.execve(command[0], command, connection.environment())


def help_(_arguments: list[str]) -> int:
    """Say what there is."""
    line(HELP)
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "demo": demo,
    "stop": stop,
    "reset": reset_,
    "test": test,
    "unit": unit,
    "lint": _module("lint", server=False),
    "bench": _module("bench", server=True),
    "wheels": _module("wheels", server=False),
    "i18n": _module("i18n", server=True),
    "sdk": _module("sdk", server=False),
    "tenant": tenant,
    "setup": setup_,
    "update": update,
    "env": env,
    "db": db,
    "odoo": odoo,
    "help": help_,
}


def main(arguments: list[str]) -> int:
    """Run one command; a failure ends in its text and the exit code 1."""
    name, *rest = arguments or ["help"]
    if name not in COMMANDS:
        line(f"✗ There is no command “{name}”.\n\n{HELP}")
        return 2
    # A job that is cancelled still drops what it made.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return COMMANDS[name](rest)
    except Failure as failure:
        print(failure, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nStopped; the same command goes on from here.", file=sys.stderr)
        return 130
