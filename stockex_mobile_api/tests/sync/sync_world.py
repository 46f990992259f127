"""What must be true after any schedule of devices and desks, told without the database."""

from dataclasses import dataclass, field

DESK = "desk"


@dataclass
class Told:
    """An entry: who made it, whether it counts, and what took its place."""

    user: str
    source: str
    quantity: float
    seq: int
    event: int
    live: bool = True
    replaced_by: object = None
    undone: bool = False


@dataclass
class Shelf:
    """One line: its entries, and who changed it in which order."""

    entries: list = field(default_factory=list)
    events: list = field(default_factory=list)

    def total(self):
        return sum(entry.quantity for entry in self.entries if entry.live)

    def happen(self, source):
        self.events.append(source)
        return len(self.events)

    def enter(self, user, source, quantity, seq=0, replaces=()):
        entry = Told(user, source, quantity, seq, self.happen(source))
        self.entries.append(entry)
        self.replace(replaces, entry)
        return entry

    def replace(self, replaced, by):
        for other in replaced:
            other.live, other.replaced_by = False, by

    def of(self, user):
        return [entry for entry in self.entries if entry.live and entry.user == user]

    def changed_since(self, event, source):
        return any(other != source for other in self.events[event:])

    def undo(self, entry, source):
        """Return the status of an undo."""
        if entry.undone:
            return "duplicate"
        if not entry.live:
            return "rejected"
        entry.live, entry.undone = False, True
        for other in self.entries:
            if other.replaced_by is entry:
                other.live, other.replaced_by = True, None
        self.happen(source)
        return "applied"


@dataclass
class Act:
    """An operation of a device, and what became of it on the server."""

    op: dict
    user: str
    source: str
    shelf: Shelf
    base: int = 0
    of: object = None
    status: str = ""
    resolution: str = ""
    entry: object = None
    told: int = 0

    @property
    def seq(self):
        return self.op["seq"]

    # --- The server's part ---

    def apply(self):
        """Apply the operation once; return the status of the answer."""
        if self.status:
            return self.again()
        kind = self.op["kind"]
        answer = {"count": self.count, "undo": self.undo, "resolve": self.resolve}[kind]()
        # An undo of what is undone has done its work; so has a second decision.
        known = {"duplicate": "applied"}.get(answer, answer)
        self.status = "rejected" if kind == "resolve" and answer == "conflict" else known
        self.answered = answer
        return answer

    def again(self):
        if self.op["kind"] == "resolve" and self.answered == "conflict":
            return "conflict"
        if self.status == "applied" or (self.status == "conflict" and self.resolution):
            return "duplicate"
        return self.status

    def count(self):
        if self.op["quantity"] < 0:
            return "rejected"
        stale = self.op["mode"] == "set" and self.shelf.changed_since(self.base, self.source)
        if stale:
            self.told = len(self.shelf.events)
            return "conflict"
        replaces = self.shelf.of(self.user) if self.op["mode"] == "set" else ()
        self.entry = self.shelf.enter(
            self.user, self.source, self.op["quantity"], self.seq, replaces
        )
        return "applied"

    def undo(self):
        of = self.of
        if of.resolution == "withdrawn":
            return "duplicate"
        if of.status in ("conflict", "rejected") and not of.resolution:
            of.resolution = "withdrawn"
            return "applied"
        return of.shelf.undo(of.entry, self.source) if of.entry else "rejected"

    def resolve(self):
        of, choice = self.of, self.op["choice"]
        if of.resolution:
            return "duplicate"
        if choice == "mine" and of.shelf.changed_since(of.told, self.source):
            of.told = len(of.shelf.events)
            return "conflict"
        replaced = of.all_there() if choice == "mine" else of.corrected()
        of.resolution = choice
        if choice == "theirs":
            if replaced:
                of.shelf.replace(replaced, self)
                of.shelf.happen(self.source)
        else:
            of.entry = of.shelf.enter(of.user, of.source, of.op["quantity"], of.seq, replaced)
        return "applied"

    def all_there(self):
        """Return what counts, without what the device did after this."""
        return [
            entry
            for entry in self.shelf.entries
            if entry.live and not (entry.source == self.source and entry.seq > self.seq)
        ]

    def corrected(self):
        return [
            entry
            for entry in self.all_there()
            if entry.user == self.user and (entry.source == self.source or entry.event <= self.base)
        ]
