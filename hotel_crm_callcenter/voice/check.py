"""Whether a flow can be let loose on guests: every path ends, nothing leads nowhere, everything is said.

>>> from .flow import read_flow
>>> def flow(*steps): return read_flow({"start": steps[0]["code"], "steps": steps})
>>> bye = {"code": "bye", "kind": "end", "texts": {"en_US": "Bye", "zh_CN": "再见"}}
>>> check(flow(bye))
[]
>>> hours = {"code": "h", "kind": "hours", "exits": {"open": "h", "closed": "x"}}
>>> [problem.code for problem in check(flow(hours, bye))]
['unknown_target', 'no_end', 'endless_loop', 'unreachable']
"""

from dataclasses import dataclass

from .flow import KINDS, PERSONAL, SERVICES

LANGUAGES = ("en_US", "zh_CN")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a step; ``detail`` is an exit, a language or a service."""

    step: str
    code: str
    detail: str = ""


def check(flow, languages=LANGUAGES) -> list[Problem]:
    """Return what stands against a flow, in the order of its steps.

    Checked: the first step exists; kinds and exits are known and complete; targets exist; each step is
    reached and leads to an end; no circle of steps goes round without waiting for the guest; what is said
    is said in all languages; what is personal comes after a step that proves who calls.
    """
    if flow.start not in flow.steps:
        return [Problem(flow.start or "", "no_start")]
    problems = []
    reached = _reach(flow, flow.start)
    for step in flow.steps.values():
        if step.kind not in KINDS:
            problems.append(Problem(step.code, "unknown_kind"))
            continue
        problems += _check_exits(flow, step)
        problems += _check_texts(step, languages)
        if step.code not in reached:
            problems.append(Problem(step.code, "unreachable"))
        elif not any(KINDS[flow.steps[code].kind].ends for code in _reach(flow, step.code) if code in flow.steps):
            problems.append(Problem(step.code, "no_end"))
        if _turns_without_waiting(flow, step):
            problems.append(Problem(step.code, "endless_loop"))
    return problems + _check_proof(flow)


def _check_exits(flow, step):
    kind = KINDS[step.kind]
    problems = [Problem(step.code, "missing_exit", name) for name in kind.needs if name not in step.exits]
    if step.kind == "menu" and not any(name != "else" for name in step.exits):
        problems.append(Problem(step.code, "missing_exit", "1"))
    for name, target in step.exits.items():
        if name not in (*kind.needs, *kind.may):
            problems.append(Problem(step.code, "unknown_exit", name))
        if target not in flow.steps:
            problems.append(Problem(step.code, "unknown_target", name))
    if step.kind == "service" and step.service not in SERVICES:
        problems.append(Problem(step.code, "unknown_service", step.service))
    if step.kind == "ask" and not step.slot:
        problems.append(Problem(step.code, "missing_slot"))
    return problems


def _check_texts(step, languages):
    if not KINDS[step.kind].speaks:
        return []
    missing = [lang for lang in languages if not (step.texts.get(lang) or step.prompts.get(lang))]
    return [Problem(step.code, "missing_text", lang) for lang in missing]


def _reach(flow, start, passes=lambda step: True):
    """Return the codes of the steps that can be reached from one, itself included."""
    found, todo = set(), [start]
    while todo:
        code = todo.pop()
        if code in found:
            continue
        found.add(code)
        step = flow.steps.get(code)
        if step and passes(step):
            todo += step.exits.values()
    return found


def _turns_without_waiting(flow, step):
    """Return whether a step comes back to itself through steps that ask the guest nothing."""

    def is_silent(step):
        return step.kind in KINDS and not KINDS[step.kind].waits

    if not is_silent(step):
        return False
    return any(step.code in _reach(flow, target, is_silent) for target in step.exits.values())


def _check_proof(flow):
    """Return the personal services that are reached without proof of who calls."""

    def stays_unproven(step):
        return step.kind != "identify"

    open_steps = _reach(flow, flow.start, stays_unproven)
    # what comes after a failed proof is as open as before it
    todo = [step for step in flow.steps.values() if step.kind == "identify" and step.code in open_steps]
    while todo:
        step = todo.pop()
        fresh = _reach(flow, step.exits.get("failed", ""), stays_unproven) - open_steps
        open_steps |= fresh
        todo += [flow.steps[code] for code in fresh if code in flow.steps and flow.steps[code].kind == "identify"]
    return [
        Problem(step.code, "not_proven", step.service)
        for step in flow.steps.values()
        if step.kind == "service" and step.service in PERSONAL and step.code in open_steps
    ]
