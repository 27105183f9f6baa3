"""Captions as people write them, and as they hurt careless pages: quotes, pipes, HTML, other scripts."""

from __future__ import annotations

CAPTIONS = (
    "Two cups, one pot | zero rush ☕",
    '"Is rooibos bitter?" Nope, you just let it stand.\nThree minutes, then sip.',
    "Morning light, warm hands. #slowliving",
    "POV: the kettle whistles & everybody runs 🏃🏾‍♀️💨",
    "شاي بالنعناع مع الأصدقاء 🌿\nبدون سكر، شكرًا",
    "1. Warm the pot\n2. Forget your phone\n3. Pour\n\n*That is* the **whole** recipe",
    "<script>alert('tea')</script> is how my laptop takes its tea",
    "{{ 7 * 7 }} cups a week, {% raw %}no regrets{% endraw %}",
    "Link in bio [or here](javascript:alert(1)) <- do not tap strange links",
    "=SUM(A1:A9) of happiness",
    "今日の一杯。ゆっくりいこう。",
    "L'été n'est pas fini : une théière, deux tasses & du soleil",
    "Ένα τσάι παρακαλώ… χωρίς βιασύνη",
    "50 % more steam, 100% the same mug. Price? R 349,00 — yes, <b>really</b>",
    "C:\\tea\\new\\table … my uncle still names files like this",
    "| day | tea |\n|---|---|\n| Mon | rooibos |",
    "Werbung · Kamille, Honig, Buch 🫖",
    "Чай із термоса смачніший. Доведено горами ⛰️",
    "ad | @umojatea_demo sent me this one, my words are my own",
    'He said "just water", she said nothing — same couch, two mugs',
)


def caption(number: int, tags: str) -> str:
    """Give the text of a post; `tags` end it as they do in life."""
    text = CAPTIONS[number % len(CAPTIONS)]
    return f"{text}\n\n{tags}" if tags else text
