"""``counterclaim watch``."""

from __future__ import annotations

import signal
import socket
import threading
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.model import CounterclaimError
from counterclaim.model.errors import Messages

if TYPE_CHECKING:
    from counterclaim.statements import Extraction
    from counterclaim.watching import MailSettings, Round


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim watch samples/reports --once",
        "counterclaim watch samples/reports --once --every 15m --ledger watched.db",
    ),
)
@click.argument("sources", nargs=-1, metavar="[FEED|FOLDER]...")
@click.option(
    "--sources", "listed", type=click.Path(), metavar="FILE", help="A TOML file with a list `sources`."
)
@click.option("--every", default="15m", show_default=True, metavar="TIME", help="How often: 30s, 15m, 2h.")
@click.option("--once", is_flag=True, help="Look at everything once, and end.")
@click.option("--pause", default="2s", show_default=True, metavar="TIME", help="Between requests to a host.")
@click.option("--state", type=click.Path(), metavar="FILE", help="What the watch remembers. [LEDGER.watch]")
@click.option("--max-bytes", type=click.IntRange(min=1), default=20_000_000, show_default=True,
              help="Leave out reports with more bytes.")  # fmt: skip
@click.option("--allow-private", multiple=True, metavar="NETWORK",
              help="An inner network that may be fetched from, as 10.1.0.0/16.")  # fmt: skip
@click.option("--allow-port", type=click.IntRange(1, 65_535), multiple=True, metavar="PORT",
              help="A port beside 80 and 443 that may be fetched from.")  # fmt: skip
@click.option("--webhook", multiple=True, metavar="URL", help="Where alerts are posted as JSON, signed.")
@click.option("--webhook-secret", type=click.Path(path_type=Path), metavar="FILE",
              help="The secret to sign with, where it is not in COUNTERCLAIM_WEBHOOK_SECRET.")  # fmt: skip
@click.option("--webhook-private", multiple=True, metavar="NETWORK",
              help="An inner network that webhooks may be in.")  # fmt: skip
@click.option("--mail", multiple=True, metavar="ADDRESS", help="To whom alerts go by mail.")
@click.option("--mail-from", metavar="ADDRESS", help="From whom; counterclaim@ this machine if not given.")
@click.option("--smtp", metavar="HOST:PORT", help="The server that takes the mail.")
@click.option("--smtp-tls", type=click.Choice(["starttls", "tls", "none"]), default="starttls",
              show_default=True, help="How it is encrypted; none for this machine only.")  # fmt: skip
@click.option("--smtp-user", metavar="NAME", help="Who logs in there, if anybody must.")
@click.option("--smtp-password", type=click.Path(path_type=Path), metavar="FILE",
              help="The password, where it is not in COUNTERCLAIM_SMTP_PASSWORD.")  # fmt: skip
@options.extraction
@options.ledger
def command(
    sources: tuple[str, ...],
    listed: str | None,
    once: bool,
    extraction: Extraction,
    ledger_place: str,
    **given: Any,
) -> int:
    """Follow feeds and folders into a ledger, and tell when a dispute opens or turns.

    A FEED is the address of an RSS or Atom feed, a FOLDER a path. New reports are read into the ledger,
    changed files are new versions. Sites are asked politely: their robots.txt holds, one request at a
    time, nothing twice that did not change, and less often where they fail. Addresses in inner networks
    are not fetched from unless they are allowed.

    Alerts tell what reports say; they go out again until they arrive. Ctrl-C ends the watch after the
    report at hand; started again, it goes on where it ended.

    Exit code 1 where with --once something could not be used; the rest is stored.
    """
    try:
        from counterclaim.watching import Watch, WatchSettings, open_state
        from counterclaim.watching.sending import check
        from counterclaim.watching.settings import SETTLED_SECONDS, read_length, read_sources
    except ImportError as error:
        raise CounterclaimError(Messages.extra_missing("watch")) from error
    from counterclaim.fetching import FetchLimits
    from counterclaim.fetching.addresses import read_networks
    from counterclaim.ledger import Ledger, shown_place
    from counterclaim.views.terminal.pieces import clean

    every = sources + (read_sources(Path(listed)) if listed else ())
    if not every:
        raise CounterclaimError(Messages.watch_nothing())
    read_networks((*given["allow_private"], *given["webhook_private"]))
    settings = WatchSettings(
        sources=tuple(dict.fromkeys(every)),
        every=read_length(given["every"]),
        pause=read_length(given["pause"]),
        limits=FetchLimits(
            max_bytes=given["max_bytes"],
            ports=(80, 443, *given["allow_port"]),
            allow_private=given["allow_private"],
        ),
        webhooks=given["webhook"],
        webhook_secret_file=given["webhook_secret"],
        webhook_private=given["webhook_private"],
        mail=_mail_settings(given),
        settled=0.0 if once else SETTLED_SECONDS,
    )
    check(settings)
    reporter = output.Reporter()
    stop = threading.Event()
    place = shown_place(ledger_place)

    def told(done: Round) -> None:
        click.echo(Messages.watched(done.added, len(done.alerts), place))
        for alert in done.alerts:
            kinds = [turn.kind.value for turn in alert.turns]
            click.echo(clean(Messages.alert_line(kinds, alert.question)))

    with (
        Ledger.open(ledger_place, create=True) as ledger,
        open_state(_state_place(given["state"], ledger_place)) as state,
    ):
        watch = Watch(ledger, state, settings, reporter.tell, extraction=extraction, stop=stop)
        if once:
            told(watch.round(everything=True))
        else:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: _end(stop))
            rounds = count()
            # The first round is always told, so that one sees that the watch is at work.
            watch.run(lambda done: told(done) if not next(rounds) or done.added or done.alerts else None)
    return reporter.exit_code if once else 0


def _end(stop: threading.Event) -> None:
    """Ask the watch to end; asked a second time, do not wait for it."""
    if stop.is_set():
        raise KeyboardInterrupt
    stop.set()


def _state_place(given: str | None, ledger_place: str) -> Path:
    from counterclaim.ledger.opening import file_of

    if given:
        return Path(given)
    file = file_of(ledger_place)
    return Path("counterclaim.watch") if file is None else file.with_name(f"{file.name}.watch")


def _mail_settings(given: dict[str, Any]) -> MailSettings | None:
    from counterclaim.watching import Encryption, MailSettings
    from counterclaim.watching.settings import read_server

    if not given["mail"]:
        return None
    if not given["smtp"]:
        raise CounterclaimError(Messages.mail_incomplete())
    host, port = read_server(given["smtp"])
    return MailSettings(
        to=given["mail"],
        host=host,
        port=port,
        sender=given["mail_from"] or f"counterclaim@{socket.getfqdn()}",
        encryption=Encryption(given["smtp_tls"]),
        user=given["smtp_user"],
        password_file=given["smtp_password"],
    )
