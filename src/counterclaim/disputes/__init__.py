"""Step 5: from claims to disputes: opposition, copies, independence."""

from counterclaim.disputes.board import read_board
from counterclaim.disputes.copies import copy_pairs, judge_copy
from counterclaim.disputes.counts import Independence
from counterclaim.disputes.linker import DefaultLinker

__all__ = ["DefaultLinker", "Independence", "copy_pairs", "judge_copy", "read_board"]
