"""Step 5: from claims to disputes: opposition, copies, independence."""

from counterclaim.disputes.board import read_board
from counterclaim.disputes.copies import copy_pairs, judge_copy
from counterclaim.disputes.counts import Independence
from counterclaim.disputes.kinship import Kinship, Pair, pairs_of
from counterclaim.disputes.lineage import Lineage, read_lineage
from counterclaim.disputes.linker import DefaultLinker
from counterclaim.disputes.status import claim_statuses

__all__ = [
    "DefaultLinker",
    "Independence",
    "Kinship",
    "Lineage",
    "Pair",
    "claim_statuses",
    "copy_pairs",
    "judge_copy",
    "pairs_of",
    "read_board",
    "read_lineage",
]
