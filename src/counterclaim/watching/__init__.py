"""Following feeds and folders into a ledger, and telling when a dispute opens or turns.

Needs the extra ``watch``.
"""

from counterclaim.watching.alerts import Alert, Turn, TurnKind, find_alerts
from counterclaim.watching.following import Round, Watch, open_state
from counterclaim.watching.settings import Encryption, MailSettings, WatchSettings
from counterclaim.watching.state import State

__all__ = [
    "Alert",
    "Encryption",
    "MailSettings",
    "Round",
    "State",
    "Turn",
    "TurnKind",
    "Watch",
    "WatchSettings",
    "find_alerts",
    "open_state",
]
