"""What the company posts itself: the same thought on every network, in the words and languages of its shops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sample.plan import LAST_DAY

HANDLE = "umojatea_demo"
SITE = "umoja.example"
POSTS_FROM = date(2026, 9, 1)

TEXTS = (
    "New in the cupboard: honeybush from the Langkloof, in a tin that closes ☕",
    'You asked, we answer: "Does rooibos keep?" Two years, dry and dark.',
    "Sala kahle, winter. Sawubona, iced tea! 🧊 #umojatea",
    "Behind the kiln: how a cup gets its quiet glaze | part 1",
    "Ons teepotte is terug, en hulle is swaarder as ooit 🫖",
    "Sunday list:\n1. Kettle\n2. Couch\n3. No plans\n\n#slowsunday #umojatea",
    "We fixed the lid. It no longer whistles <unless you ask nicely>",
    "Le rooibos glacé, c'est déjà l'été ici 🌞 #umojatea",
    "Our tea school is open again, places for twelve, Saturdays 10:00",
    "Thank you for 40,000 cups this month, from all eleven of us",
)


@dataclass(frozen=True)
class BrandPost:
    """A post of the company. `number` names it on every network; `moment` is UTC."""

    number: int
    moment: datetime
    text: str
    kind: str  # image carousel video

    @property
    def local(self) -> datetime:
        """Tell the time as a clock in Johannesburg does."""
        return (self.moment + timedelta(hours=2)).replace(tzinfo=None)

    @property
    def day(self) -> date:
        return self.local.date()

    def count(self, name: str, low: int, high: int) -> int:
        """Draw a number of this post's life."""
        return Random(f"brand post {self.number} {name}").randint(low, high)


def brand_posts() -> tuple[BrandPost, ...]:
    """Give the company's posts, oldest first: one in two or three days."""
    rng, day = Random("brand posts"), POSTS_FROM
    found: list[BrandPost] = []
    while day < LAST_DAY:
        moment = datetime.combine(day, time(rng.randint(5, 17), rng.randrange(60), rng.randrange(60)), UTC)
        kind = rng.choice(("image", "image", "carousel", "video"))
        found.append(BrandPost(len(found) + 1, moment, TEXTS[len(found) % len(TEXTS)], kind))
        day += timedelta(days=rng.randint(2, 3))
    return tuple(found)
