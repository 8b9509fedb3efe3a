"""Step 5: from claims to disputes: opposition, copies, independence."""

from counterclaim.disputes.board import read_board
from counterclaim.disputes.changes import Change, ChangeKind, Replaced, changes, version_of, withdrawn
from counterclaim.disputes.copies import copy_pairs, judge_copy
from counterclaim.disputes.corrections import Correction, read_corrections
from counterclaim.disputes.counts import Independence
from counterclaim.disputes.forms import MOST_COMPARED
from counterclaim.disputes.kinship import Kinship, Pair, pairs_of
from counterclaim.disputes.lineage import Lineage, read_lineage
from counterclaim.disputes.linker import DefaultLinker
from counterclaim.disputes.status import claim_statuses
from counterclaim.disputes.versions import (
    Versions,
    basis_of,
    moment,
    read_versions,
    revision,
    revisions,
    version_keys,
)

__all__ = [
    "MOST_COMPARED",
    "Change",
    "ChangeKind",
    "Correction",
    "DefaultLinker",
    "Independence",
    "Kinship",
    "Lineage",
    "Pair",
    "Replaced",
    "Versions",
    "basis_of",
    "changes",
    "claim_statuses",
    "copy_pairs",
    "judge_copy",
    "moment",
    "pairs_of",
    "read_board",
    "read_corrections",
    "read_lineage",
    "read_versions",
    "revision",
    "revisions",
    "version_keys",
    "version_of",
    "withdrawn",
]
