"""Walks through a flow: what the guest did goes in, what the bridge is to do comes out.

The engine keeps nothing: the code of the step and the slots travel with the answer and come back with the
next request. What only Odoo knows (hours, who calls, points) it asks of a ``world``, see `World`. Every
call ends: a guest who is not understood three times, or who goes in circles, is passed to a person.
"""

from dataclasses import dataclass, field

from .flow import DIGITS, KINDS, PERSONAL

MAX_TRIES, MAX_STEPS, MAX_SILENT = 3, 40, 50
PERSON = "_person"
LANGUAGES = {"1": "zh_CN", "2": "en_US"}
#: sentences of the engine itself; the world has their words
CHOOSE_LANGUAGE, NOT_UNDERSTOOD, ASK_PROOF, PROOF_FAILED = (
    "choose_language",
    "not_understood",
    "ask_proof",
    "proof_failed",
)
CONNECTING, ALL_BUSY, WILL_CALL, SORRY = "connecting", "all_busy", "will_call", "sorry"
RECORDED = "recorded"
#: why the menu passes somebody on whom it could not help
FAILURES = ("not_understood", "not_proven", "not_served")
#: seconds to wait for the first key
PATIENCE = 6


class World:
    """What the engine asks; each answer is about the call at hand."""

    def say(self, name: str) -> dict:
        """Return the words of a sentence of the engine, by language."""
        raise NotImplementedError

    def get_opening(self) -> str:
        """Return open, closed or holiday."""
        raise NotImplementedError

    def get_caller(self) -> str:
        """Return vip, known or other."""
        raise NotImplementedError

    def is_identified(self) -> bool:
        """Return whether the caller has proven who he or she is."""
        raise NotImplementedError

    def identify(self, digits: str) -> bool:
        """Return whether these digits prove it; may count tries."""
        raise NotImplementedError

    def serve(self, service: str, slots: dict) -> tuple[str, dict]:
        """Do a service and return its exit (next or failed) and what to say, by language."""
        raise NotImplementedError

    def accept(self, slot: str, digits: str) -> str:
        """Return the value of digits typed for a slot, '' where they make no sense."""
        raise NotImplementedError

    def transfer(self, queue: int, lang: str) -> dict | None:
        """Return where to ring, those first who speak the caller's language; None where nobody is ready."""
        raise NotImplementedError

    def may_wait(self) -> bool:
        """Return whether the caller may go on waiting."""
        raise NotImplementedError

    def promise_call(self) -> bool:
        """Plan a call back, and return whether there will be one."""
        raise NotImplementedError


@dataclass
class Reply:
    """The next actions, and what is to come back with the next request."""

    node: str
    lang: str
    slots: dict
    actions: list = field(default_factory=list)
    #: the service that was done, and why the menu could not help: of `FAILURES`, '' for neither
    served: str = ""
    failure: str = ""


def advance(flow, node: str, lang: str, slots: dict, kind: str, value: str, world: World) -> Reply:
    """Return what to do next.

    :param flow.Flow flow: a checked flow
    :param str node: code of the step where the guest is, '' at the beginning
    :param str lang: en_US or zh_CN
    :param dict slots: as they came back
    :param str kind: start, digits, timeout, hangup, transfer_failed or recorded
    :param str value: the digits
    """
    walk = _Walk(flow, lang, dict(slots), world)
    walk.slots["steps"] = _number(walk.slots.get("steps")) + 1
    if kind == "hangup":
        return walk.reply(node)
    if node not in flow.steps and node != PERSON:
        node = flow.start
        target = node
    else:
        target = walk.leave(node, kind, value)
    if walk.slots["steps"] > MAX_STEPS:
        walk.failure = "not_understood"
        target = PERSON if node != PERSON and walk.slots["steps"] <= 2 * MAX_STEPS else ""
    return walk.go(target)


def _number(value):
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


class _Walk:
    """One request: from where the guest is to where he or she is to answer again."""

    def __init__(self, flow, lang, slots, world):
        self.flow, self.slots, self.world = flow, slots, world
        self.lang = lang if lang in LANGUAGES.values() else "en_US"
        self.actions, self.served, self.failure = [], "", ""

    def reply(self, node):
        return Reply(node, self.lang, self.slots, self.actions, self.served, self.failure)

    # ---- speaking -----------------------------------------------------------------------------

    def say(self, texts, prompts=None, barge=True):
        """Add words, or the recording of them."""
        prompt = (prompts or {}).get(self.lang)
        text = texts.get(self.lang) or texts.get("en_US") or ""
        if prompt:
            self.actions.append({"play": {"media": prompt}})
        elif text:
            self.actions.append({"say": {"text": text, "lang": self.lang, "barge": barge}})

    def gather(self, low=1, high=1):
        self.actions.append({"gather": {"min": low, "max": high, "timeout": PATIENCE, "terminator": "#"}})

    # ---- what the guest did -------------------------------------------------------------------

    def leave(self, node, kind, value):
        """Return the code of the next step; the same one where the guest is to try again."""
        if node == PERSON or self.flow.steps[node].kind == "person":
            return self.leave_person(node, kind, value)
        step = self.flow.steps[node]
        left = getattr(self, f"leave_{step.kind}", None)
        target = left(step, kind, value) if left else step.exits.get("next", "")
        if target is None:
            return self.repeat(step)
        self.slots.pop("tries", None)
        return target

    def repeat(self, step):
        """Let the guest try again; after three times somebody else may understand."""
        self.slots["tries"] = _number(self.slots.get("tries")) + 1
        if self.slots["tries"] >= MAX_TRIES:
            self.slots.pop("tries")
            self.failure = "not_proven" if step.kind == "identify" else "not_understood"
            return step.exits.get("else") or step.exits.get("failed") or PERSON
        self.say(self.world.say(PROOF_FAILED if step.kind == "identify" else NOT_UNDERSTOOD))
        return step.code

    def leave_menu(self, step, kind, value):
        key = value[:1] if kind == "digits" else ""
        if key in DIGITS and key in step.exits:
            return step.exits[key]
        return PERSON if key == "0" else None

    def leave_language(self, step, kind, value):
        if kind == "digits" and value[:1] in LANGUAGES:
            self.lang = LANGUAGES[value[:1]]
            return step.exits.get("next", "")
        if kind == "timeout":
            return step.exits.get("next", "")
        return None

    def leave_identify(self, step, kind, value):
        if kind == "digits" and self.world.identify(value):
            return step.exits.get("ok", "")
        return None

    def leave_ask(self, step, kind, value):
        found = self.world.accept(step.slot, value) if kind == "digits" else ""
        if not found:
            return None
        self.slots[step.slot] = found
        return step.exits.get("next", "")

    def leave_record(self, step, kind, value):
        return step.exits.get("next", "") if kind == "recorded" else None

    def leave_person(self, node, kind, value):
        """Nobody has answered: the caller waits on, or is called back."""
        if kind == "digits" and value[:1] == "1" or not self.world.may_wait():
            self.say(self.world.say(WILL_CALL if self.world.promise_call() else SORRY))
            return ""
        return node

    # ---- what comes next ----------------------------------------------------------------------

    def go(self, target):
        """Walk on until the guest is to answer or the call is to end."""
        for _turn in range(MAX_SILENT):
            if target == "":
                self.actions.append({"hangup": {}})
                return self.reply("")
            step = self.flow.steps.get(target)
            kind = step.kind if step else "person"
            following = getattr(self, f"enter_{kind}")(step)
            if following is None:
                return self.reply(target)
            target = following
        return self.go("")

    def enter_say(self, step):
        self.say(step.texts, step.prompts)
        return step.exits.get("next", "")

    def enter_menu(self, step):
        self.say(step.texts, step.prompts)
        self.gather()

    def enter_language(self, step):
        for lang in LANGUAGES.values():
            self.actions.append({"say": {"text": self.world.say(CHOOSE_LANGUAGE)[lang], "lang": lang, "barge": True}})
        self.gather()

    def enter_hours(self, step):
        opening = self.world.get_opening()
        return step.exits.get(opening) or step.exits.get("closed", "")

    def enter_caller(self, step):
        caller = self.world.get_caller()
        known = step.exits.get("known") if caller == "vip" else None
        return step.exits.get(caller) or known or step.exits.get("other", "")

    def enter_identify(self, step):
        if self.world.is_identified():
            return step.exits.get("ok", "")
        self.say(self.world.say(ASK_PROOF))
        self.gather(4, 12)

    def enter_ask(self, step):
        self.say(step.texts, step.prompts)
        self.gather(*step.digits)

    def enter_record(self, step):
        self.say(step.texts, step.prompts, barge=False)
        self.actions.append({"record": {"max_s": 90, "silence_s": 4, "purpose": "complaint"}})

    def enter_service(self, step):
        """Do a service; what is personal is never said without proof, whatever the flow says."""
        if step.service in PERSONAL and not self.world.is_identified():
            name, texts = "failed", self.world.say(PROOF_FAILED)
        else:
            name, texts = self.world.serve(step.service, self.slots)
        if name == "failed":
            self.failure = "not_served"
        else:
            self.served = step.service
        self.say(texts)
        return step.exits.get(name) or (PERSON if name == "failed" else step.exits.get("next", ""))

    def enter_person(self, step):
        """Ring somebody; where nobody is ready, the caller waits, or asks to be called."""
        where = self.world.transfer(step.queue if step else 0, self.lang)
        first = not self.slots.get("waits")
        self.slots["waits"] = _number(self.slots.get("waits")) + 1
        if where:
            if first:
                self.say(step.texts if step else self.world.say(CONNECTING), step.prompts if step else None)
                if where.get("record"):
                    self.say(self.world.say(RECORDED), barge=False)
            self.actions.append({"transfer": where})
            return None
        if not self.world.may_wait():
            self.say(self.world.say(WILL_CALL if self.world.promise_call() else SORRY))
            return ""
        self.say(self.world.say(ALL_BUSY))
        self.gather()
        return None

    def enter_end(self, step):
        self.say(step.texts, step.prompts, barge=False)
        return ""


assert set(KINDS) == {name[6:] for name in vars(_Walk) if name.startswith("enter_")}
