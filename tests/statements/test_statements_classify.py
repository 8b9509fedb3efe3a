"""Act, polarity and hedge of statements whose spans are given; every sentence is invented."""

from __future__ import annotations

import pytest

from counterclaim.model import Act, Capture, Document
from counterclaim.statements.classify import classify


def manner(text: str, cue: str, content: str):
    capture = Capture.of("r.txt", text.encode(), "text/plain")
    document = Document(
        id="r", key=Document.key_of("r", capture.sha256), capture=capture.sha256, text=text, language="en"
    )

    def place(words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    return classify(document, [], [place(cue)], [place(content)])


@pytest.mark.parametrize(
    ("text", "cue", "content", "act"),
    [
        (
            "The mayor asked whether the gate had been tested.",
            "asked",
            "whether the gate had been tested",
            "question",
        ),
        ("The mayor asked the council to close it.", "asked", "the council to close it", "appeal"),
        ("It was unclear who had opened it.", "was unclear", "who had opened it", "question"),
        ("The firm apologised for the delay.", "apologised for", "the delay", "admit"),
        ("The firm did not dispute that it was late.", "did not dispute", "that it was late", "admit"),
        ("The firm called the report baseless.", "called", "the report baseless", "deny"),
        ("The union is planning to strike.", "is planning", "to strike", "promise"),
        ("“We will rebuild the dam,” she said.", "said", "“We will rebuild the dam,”", "promise"),
        ("Monitors warned that the truce could fail.", "warned", "that the truce could fail", "predict"),
        ("She said the count had been rigged.", "said", "the count had been rigged", "accuse"),
        ("He said the pass was closed.", "said", "the pass was closed", "assert"),
        ("She said the regulator should publish it.", "said", "the regulator should publish it", "appeal"),
    ],
)
def test_act(text, cue, content, act):
    assert manner(text, cue, content).act is Act(act)


@pytest.mark.parametrize(
    ("text", "cue", "content", "polarity"),
    [
        ("He denied that the bridge had fallen.", "denied", "that the bridge had fallen", False),
        ("He denied that the bridge had not fallen.", "denied", "that the bridge had not fallen", True),
        ("He said the army no longer held it.", "said", "the army no longer held it", False),
        ("She refused to answer.", "refused", "to answer", False),
        ("They did not blame the army.", "did not blame", "the army", False),
        ("He is not expected to attend.", "is not expected", "to attend", False),
        ("He said it was not only late.", "said", "it was not only late", True),
        ("She admitted that the siren was broken.", "admitted", "that the siren was broken", True),
    ],
)
def test_polarity(text, cue, content, polarity):
    assert manner(text, cue, content).polarity is polarity


@pytest.mark.parametrize(
    ("text", "cue", "content", "hedged"),
    [
        ("Engineers believe that the gates are sound.", "believe", "that the gates are sound", True),
        ("She said the gates might be sound.", "said", "the gates might be sound", True),
        ("She said the gates were sound.", "said", "the gates were sound", False),
    ],
)
def test_hedged(text, cue, content, hedged):
    assert manner(text, cue, content).hedged is hedged


def test_a_statement_without_content_is_refused():
    with pytest.raises(ValueError, match="a cue and a content"):
        manner_of_nothing()


def manner_of_nothing():
    capture = Capture.of("r.txt", b"Nothing.", "text/plain")
    document = Document(
        id="r",
        key=Document.key_of("r", capture.sha256),
        capture=capture.sha256,
        text="Nothing.",
        language="en",
    )
    return classify(document, [], [], [])
