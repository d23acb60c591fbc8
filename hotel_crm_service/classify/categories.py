"""The categories that a text may be about, and how a judgement looks."""

import dataclasses

CATEGORIES = (
    "cleanliness", "facilities", "noise", "staff", "front_desk", "food",
    "price", "internet", "location", "safety", "smell", "other",
)  # fmt: skip
OTHER = "other"


@dataclasses.dataclass(frozen=True)
class Found:
    """A category that a text is about.

    :ivar category: one of CATEGORIES
    :ivar confidence: 0 to 1; for the first one the probability that it is the primary one
    :ivar words: the words of the text that decided, as the guest wrote them
    """

    category: str
    confidence: float
    words: tuple = ()


@dataclasses.dataclass(frozen=True)
class Judgement:
    """What a text is about.

    :ivar found: at least one Found, the primary category first
    :ivar language: "zh", "en" or "" where neither can be told
    :ivar severity: "low", "normal", "high" or "critical"
    """

    found: tuple
    language: str
    severity: str

    @property
    def primary(self):
        return self.found[0].category

    @property
    def confidence(self):
        return self.found[0].confidence
