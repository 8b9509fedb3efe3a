"""What is said of runs over many reports: shards, processes, folders of runs."""

from __future__ import annotations

from counterclaim.model.problems import Problem


class ArchiveMessages:
    """Makers of problems and messages, one for each thing that can go wrong."""

    @staticmethod
    def archive_missing(module: str) -> str:
        """Return the message that a library for runs over many reports is not installed."""
        extra = "ray" if module.startswith("ray") else "archives"
        return (
            f"{module.partition('.')[0]} is not installed, which this needs. "
            f"Install it: pip install 'counterclaim[{extra}]'."
        )

    @staticmethod
    def set_aside(name: str, reason: str, tries: int) -> Problem:
        """Return the problem of a report that could not be read in several tries."""
        return Problem(
            name=name,
            code="set-aside",
            message=f"the report was set aside after {tries} tries: {reason.rstrip('.')}.",
            advice="The rest was read. Look at the report; raise --time-limit or --memory where that is why.",
        )

    @staticmethod
    def too_slow(seconds: float) -> str:
        """Return the reason that a report took longer than it may."""
        return f"it took longer than {seconds:g} seconds"

    @staticmethod
    def process_unstartable(reason: str) -> str:
        """Return the message that no process could be started to read reports."""
        return (
            f"A process that reads reports could not be started ({reason}). "
            "Give it more memory with --memory, or use fewer --workers, and run the same command again: "
            "what is done stays done."
        )

    @staticmethod
    def run_folder_unwritable(place: str, reason: str) -> str:
        """Return the message that the folder of a run cannot be written, being full for instance."""
        return (
            f"{place} could not be written ({reason}). Free some space, or choose another folder with "
            "--runs, and run the same command again: what is done stays done."
        )

    @staticmethod
    def run_busy(place: str) -> str:
        """Return the message that another program works at the same run."""
        return f"Another program works at the run in {place}. Wait for it, or end it."

    @staticmethod
    def run_unknown(name: str, place: str) -> str:
        """Return the message that there is no run with this name, or more than one."""
        return f"There is no one run {name!r} in {place}. `counterclaim runs` lists them."

    @staticmethod
    def run_damaged(place: str, reason: str) -> str:
        """Return the message that a file of a run is not what was written."""
        return (
            f"{place} is damaged ({reason}). Delete it and run the same command again: "
            "that part is done anew, the rest stays."
        )

    @staticmethod
    def run_to_delete() -> str:
        """Return the message that the run that is to be deleted is not named."""
        return "Name the run that is to be deleted; `counterclaim runs` lists them."

    @staticmethod
    def engine_options(name: str) -> str:
        """Return the message that an option is for runs with an engine alone."""
        return f"{name} is for --engine local or --engine ray; give one of them too."

    @staticmethod
    def run_done(run: str, reports: int, statements: int, set_aside: int, added: int, ledger: str) -> str:
        """Return the last line of a run."""
        aside = f", {set_aside:,} set aside" if set_aside else ""
        return (
            f"Run {run}: {reports:,} reports read with {statements:,} statements{aside}; "
            f"{added:,} added to {ledger}."
        )

    @staticmethod
    def cluster_unreachable(reason: str) -> str:
        """Return the message that Ray could not be started, or its cluster not be reached."""
        return (
            f"Ray cannot be used ({reason}). Give the address of a running cluster with --address or in "
            "RAY_ADDRESS, or leave both out to have one started on this machine."
        )

    @staticmethod
    def cluster_lost(losses: int) -> str:
        """Return the message that one shard was lost too often with the machines that worked at it."""
        return (
            f"A shard was lost {losses} times with the machine that worked at it. See that the cluster has "
            "machines that stay, and run the same command again: what is done stays done."
        )

    @staticmethod
    def cluster_without_cores(seconds: int) -> str:
        """Return the message that a cluster has no room for a worker."""
        return (
            f"The Ray cluster had no free core for a worker in {seconds} seconds. `ray status` shows what "
            "it has; run the same command again when there is room: what is done stays done."
        )

    @staticmethod
    def comparing_broke_off(reason: str) -> str:
        """Return the message that the processes that compare reports are gone."""
        return (
            f"A process that compares reports was ended twice ({reason}). "
            "Use fewer --workers, and run the same command again: what is done stays done."
        )
