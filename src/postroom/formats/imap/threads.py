"""THREAD's two algorithms and the form of its answer (RFC 5256 sections 3 and 4).

Everything is linear but for sorting by date, and nothing recurs: a chain of 100,000 replies is a thread like another.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from postroom.formats.imap.subject import base_subject


@dataclass(frozen=True, slots=True)
class Threaded:
    """What threading needs of one message.

    `number` is what the answer names; `message_id` and `references` (In-Reply-To's first where there are none) are without angle
    brackets, oldest first; `subject` is decoded; `date` is when it was sent, in UTC microseconds.
    """

    number: int
    message_id: str
    references: tuple[str, ...]
    subject: str
    date: int


@dataclass(slots=True, eq=False)
class Node:
    """A message with the replies to it; without a message, the place of one that isn't here."""

    message: Threaded | None = None
    children: list["Node"] = field(default_factory=list)


def by_ordered_subject(messages: Iterable[Threaded]) -> list[Node]:
    """Thread by base subject alone; in a thread all others are children of the earliest (ORDEREDSUBJECT)."""
    threads: dict[str, Node] = {}
    for message in sorted(messages, key=lambda message: (message.date, message.number)):
        subject = base_subject(message.subject)[0].casefold()
        if subject in threads:
            threads[subject].children.append(Node(message))
        else:
            threads[subject] = Node(message)
    return list(threads.values())


def by_references(messages: Iterable[Threaded]) -> list[Node]:
    """Thread by who refers to whom, then threads by their base subjects; siblings by date (REFERENCES)."""
    forest = _Forest()
    for message in messages:
        forest.add(message)
    roots = _pruned(forest.grown())
    _sort(roots)
    roots = _joined(roots)
    _sort(roots)
    return roots


def thread_line(roots: Iterable[Node]) -> bytes:
    """Write THREAD's answer, such as `* THREAD (2)(3 6 (4 23)(44 7 96))`."""
    pieces = [piece for root in roots for piece in _written(root)]
    return b"* THREAD %b\r\n" % b"".join(pieces) if pieces else b"* THREAD\r\n"


def _written(root: Node) -> Iterator[bytes]:
    work: list[Node | bytes] = [b")", root, b"("]
    while work:
        item = work.pop()
        if isinstance(item, bytes):
            yield item
            continue
        if item.message:
            yield b"%d" % item.message.number
            if item.children:
                yield b" "
        if item.message and len(item.children) == 1:
            work.append(item.children[0])
        else:
            for child in reversed(item.children):
                work += [b")", child, b"("]


class _Forest:
    """Steps 1 and 2: messages linked to what they refer to, and no circles.

    A message's own last reference decides about its parent; what others' References tell is used only for messages that aren't here.
    So every link hangs a root below something, and a circle would be a root hung below its own tree: a union-find knows trees apart.
    """

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.doubles: list[Node] = []
        self.parents: dict[Node, Node] = {}
        self.leaders: dict[Node, Node] = {}
        self.messages: list[tuple[Node, tuple[str, ...]]] = []

    def add(self, message: Threaded) -> None:
        node = self.nodes.setdefault(message.message_id, Node()) if message.message_id else Node()
        if node.message or not message.message_id:
            # A second message with the same Message-ID, or one without, stands for itself.
            node = Node()
            self.doubles.append(node)
        node.message = message
        self.messages.append((node, message.references))

    def grown(self) -> list[Node]:
        """Link everything and give the roots."""
        for node, references in self.messages:
            if references:
                self.link(self.nodes.setdefault(references[-1], Node()), node)
        for _, references in self.messages:
            for older, younger in pairwise(references):
                below = self.nodes.setdefault(younger, Node())
                if not below.message and below not in self.parents:
                    self.link(self.nodes.setdefault(older, Node()), below)
        everything = [*self.nodes.values(), *self.doubles]
        for node in everything:
            if node in self.parents:
                self.parents[node].children.append(node)
        return [node for node in everything if node not in self.parents]

    def link(self, parent: Node, node: Node) -> None:
        """Hang a root below a parent, unless that stands in its own tree."""
        leader = self.leader(parent)
        if leader is not node:
            self.parents[node] = parent
            self.leaders[node] = leader

    def leader(self, node: Node) -> Node:
        """Give the root of a node's tree, and shorten the way for next time."""
        path = []
        while node in self.leaders:
            path.append(node)
            node = self.leaders[node]
        for passed in path:
            self.leaders[passed] = node
        return node


def _downwards(roots: Iterable[Node]) -> list[Node]:
    """Give all nodes, parents before their children."""
    nodes = list(roots)
    for node in nodes:  # grows while it runs
        nodes.extend(node.children)
    return nodes


def _pruned(roots: list[Node]) -> list[Node]:
    """Take out (step 3) places without a message, their children moving up; at the top only while that leaves one child."""
    for node in reversed(_downwards(roots)):
        node.children = [kept for child in node.children for kept in ([child] if child.message else child.children)]
    kept = [node for node in roots if node.message or node.children]
    return [node if node.message or len(node.children) > 1 else node.children[0] for node in kept]


def _when(node: Node) -> tuple[int, int]:
    message = _first(node)
    return message.date, message.number


def _first(node: Node) -> Threaded:
    """Give the message, or for a place without one its first child's."""
    while not node.message:
        node = node.children[0]
    return node.message


def _sort(roots: list[Node]) -> None:
    """Order all siblings by date: steps 4 and 6."""
    for node in reversed(_downwards(roots)):
        node.children.sort(key=_when)
    roots.sort(key=_when)


def _joined(roots: list[Node]) -> list[Node]:
    """Join (step 5) threads with the same base subject; who replies goes below who doesn't, equals side by side."""
    subjects = {id(root): base_subject(_first(root).subject) for root in roots}
    table: dict[str, Node] = {}
    for root in roots:
        subject, replied = subjects[id(root)]
        other = table.get(subject.casefold())
        if subject and (not other or (other.message and (not root.message or (subjects[id(other)][1] and not replied)))):
            table[subject.casefold()] = root
    kept: dict[int, Node] = {id(root): root for root in roots}
    for root in roots:
        subject, replied = subjects[id(root)]
        other = table.get(subject.casefold(), root)
        if other is root or not subject:
            continue
        del kept[id(root)]
        if not other.message:
            other.children += [root] if root.message else root.children
        elif replied and not subjects[id(other)][1]:
            other.children.append(root)
        else:
            both = Node(None, [other, root])
            subjects[id(both)] = subjects[id(other)]
            del kept[id(other)]
            kept[id(both)] = table[subject.casefold()] = both
    return list(kept.values())
