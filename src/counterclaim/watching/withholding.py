"""Messages that wait while their words are protected or erased: what of them may still be sent."""

from __future__ import annotations

import msgspec

from counterclaim.ledger import Ledger
from counterclaim.ledger.moments import to_microseconds
from counterclaim.ledger.redaction import erased_after, protected_after, redaction_of
from counterclaim.model.masking import Masks, strings_in
from counterclaim.watching.sending import Notice
from counterclaim.watching.state import Message


def still_sayable(ledger: Ledger, message: Message) -> Message | None:
    """Return a message without the alerts whose words were protected since; None where nothing is left.

    Nothing is left, too, where anything was erased since: nobody can tell any more which words were.
    """
    notice = msgspec.json.decode(message.body, type=Notice)
    made = to_microseconds(notice.moment)
    with ledger.reading() as connection:
        if erased_after(connection, made):
            return None
        redaction = redaction_of(connection) if protected_after(connection, made) else None
    if redaction is None:
        return message
    alerts = tuple(each for each in notice.alerts if not _touched(each, redaction.masks))
    if len(alerts) == len(notice.alerts):
        return message
    less = msgspec.structs.replace(notice, alerts=alerts)
    return message._replace(body=msgspec.json.encode(less)) if alerts else None


def _touched(alert: msgspec.Struct, masks: Masks) -> bool:
    return any(masks.text(each, near=True) != each for each in strings_in(alert))
