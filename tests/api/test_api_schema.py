"""Whatever is sent to the API, it answers as its description says, and never with an error of its own."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from counterclaim.api.application import make_api
from counterclaim.api.describing import DESCRIBED
from counterclaim.desk.application import make_application
from counterclaim.exports import FORMATS
from counterclaim.ledger import Ledger
from counterclaim.serving.settings import Settings

EXAMPLES = 40
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


DESCRIPTION = DESCRIBED.description(make_api(None))  # type: ignore[arg-type]  it is not asked for anything
OPERATIONS = [
    (path, method)
    for path, methods in sorted(DESCRIPTION["paths"].items())
    for method in sorted(methods)
    if not path.endswith("/events")  # which never ends
]


@pytest.fixture(scope="module")
def described(
    sample_ledger: Path, tmp_path_factory: pytest.TempPathFactory
) -> schemathesis.openapi.OpenApiSchema:
    place = tmp_path_factory.mktemp("api") / "ledger.db"
    shutil.copy(sample_ledger, place)
    settings = Settings(ledger=str(place), per_minute=10_000_000, hosts=("testserver",))
    return schemathesis.openapi.from_asgi("/api/openapi.json", make_application(settings))


@pytest.fixture(scope="module")
def names(sample_ledger: Path) -> dict[str, list[str]]:
    """Give names of things that are there, by the part of the address in which they may stand."""
    with Ledger.open(str(sample_ledger)) as ledger:
        board = ledger.board()
        documents = list(ledger.documents())
        return defaultdict(
            list,
            disputes=[each.id for each in board.disputes],
            claims=[each.id for each in board.claims[:5]],
            actors=[each.id for each in board.actors[:5] if each.id != "dam"],
            documents=[each.id for each in documents[:5]],
            statements=[each.id for each in list(ledger.statements())[:20]],
            judgements=[each.id for each in list(ledger.judgements())[:20]],
            captures=[each.capture for each in documents[:5]],
            exports=list(FORMATS),
        )


def point_to_known_things(case: schemathesis.Case, several: list[str], names: dict[str, list[str]]) -> None:
    """Put names of things that are there in place of those that were made up."""
    if "name" in case.path_parameters and several:
        case.path_parameters["name"] = several[len(str(case.path_parameters["name"])) % len(several)]
    if isinstance(case.body, dict):
        for number, field in enumerate(("one", "other", "about")):
            if isinstance(case.body.get(field), str):
                case.body[field] = names["statements"][(len(case.body[field]) + number) % 20]


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda each: each)
def test_every_answer_is_as_described(
    described: schemathesis.openapi.OpenApiSchema, names: dict[str, list[str]], path: str, method: str
) -> None:
    operation = described[path][method]
    answered: list[int] = []

    @given(case=operation.as_strategy(), known=st.integers(0, 3))
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    def asked(case: schemathesis.Case, known: int) -> None:
        if known and "project" in case.path_parameters:
            case.path_parameters["project"] = "ledger"
        if known == 3 and (path.endswith("/judgements"), method) == (True, "post"):
            case.body = {
                "decision": "grade",
                "about": names["statements"][len(str(case.body)) % 20],
                "grade": "B2",
            }
        if known > 1:
            point_to_known_things(case, names[path.split("/")[3] if path.count("/") > 2 else ""], names)
        answered.append(case.call_and_validate(checks=CHECKS).status_code)

    asked()
    assert 200 in answered
