"""People's judgements are found without reading those of programs, which are many times more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BY_PEOPLE = sa.text("""payload = replace(payload, '"author":"program\\:', '')""")


def upgrade() -> None:
    op.create_index(
        "judgements_by_people",
        "judgements",
        ["sequence"],
        sqlite_where=BY_PEOPLE,
        postgresql_where=BY_PEOPLE,
    )


def downgrade() -> None:
    op.drop_index("judgements_by_people", "judgements")
