"""Signed average linkage: sides are kept, chains join nothing, order does not matter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.disputes.linkage import join_signed

NAMES = "abcdefgh"
EDGES = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([1, -1]),
    max_size=20,
).map(lambda found: [(one, other, sign) for (one, other), sign in found.items()])


def test_two_sides_of_one_question() -> None:
    edges = [("a", "b", 1), ("a", "c", -1), ("b", "c", -1), ("c", "d", 1), ("a", "d", -1), ("b", "d", -1)]
    assert join_signed(edges, 0.5) == [{"a": 1, "b": 1, "c": -1, "d": -1}]


def test_a_single_pair_does_not_join_two_questions() -> None:
    def clique(members: str) -> list[tuple[str, str, int]]:
        return [(one, other, 1) for one in members for other in members if one < other]

    chained = [*clique("abcd"), ("d", "e", 1), *clique("efgh")]
    assert [sorted(group) for group in join_signed(chained, 0.3)] == [list("abcd"), list("efgh")]
    assert [sorted(group) for group in join_signed(chained, 0.05)] == [list("abcdefgh")]


@given(EDGES, st.randoms(use_true_random=False))
def test_the_order_of_edges_does_not_matter(edges: list[tuple[str, str, int]], random: object) -> None:
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert join_signed(shuffled, 0.2) == join_signed(edges, 0.2)
    members = [member for group in join_signed(edges, 0.2) for member in group]
    assert sorted(members) == sorted({end for edge in edges for end in edge[:2]})
