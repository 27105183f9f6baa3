"""What a browser is asked about a page it shows; each is an expression of JavaScript."""

from __future__ import annotations

import json

# Visible words of the article with their boxes; not those only said aloud, nor those in drawings.
_WORDS = """
  const unseen = (one) => one && (getComputedStyle(one).clipPath !== 'none' || unseen(one.parentElement));
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !unseen(one);
  const words = [];
  const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest('svg') || !shown(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) words.push({ node, box, said: node.data.trim().slice(0, 40) });
  }
"""

# Words outside the window, other than within what scrolls by itself, and cells too small for their content.
SPILLING = f"""(() => {{ {_WORDS}
  const scrolls = (one) => one && (getComputedStyle(one).overflowX !== 'visible' || scrolls(one.parentElement));
  const out = words.filter(({{ box }}) => box.right > innerWidth + 1 || box.left < -1);
  const cells = [...document.querySelectorAll('article :is(td, th, dd, dt, summary)')].filter(shown);
  const small = cells.filter((one) => one.scrollWidth > one.clientWidth + 1);
  return [...out.filter(({{ node }}) => !scrolls(node.parentElement)).map(({{ said }}) => said),
    ...small.map((one) => `${{one.tagName}}: ${{one.textContent.trim().slice(0, 40)}}`)];
}})()"""

# Pairs of words that lie on each other, by more than the room letters need.
OVERLAPPING = f"""(() => {{ {_WORDS}
  words.sort((one, other) => one.box.top - other.box.top);
  const found = [];
  words.forEach((one, place) => {{
    for (const other of words.slice(place + 1)) {{
      if (other.box.top > one.box.bottom - 6) break;
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
      if (other.node !== one.node && wide > 3 && high > 6) found.push(`${{one.said}} / ${{other.said}}`);
    }}
  }});
  return found;
}})()"""

# How far things moved while the page loaded: the sum of the browser's layout shifts.
SHIFTS = """new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 300);
})"""

_LOOK = """const look = (one) => {
  const parts = [one, one.parentElement, one.nextElementSibling || one];
  return parts.map(getComputedStyle).map((css) => [css.outline, css.boxShadow, css.backgroundColor, css.color,
    css.textDecoration, css.borderColor, css.opacity].join()).join(';');
};"""

# The element the keyboard is on, numbered; null once it has left the page or come round.
STOPS = f"""(() => {{
  {_LOOK}
  const one = document.activeElement;
  if (!one || one === document.body || one.dataset.stop) return null;
  one.dataset.stop = document.querySelectorAll('[data-stop]').length;
  const what = `${{one.tagName}}.${{one.className}} ${{one.textContent.trim()}}`;
  return {{ mark: one.dataset.stop, what, style: look(one) }};
}})()"""

# Visible controls on which the keyboard has not been.
UNREACHED = """[...document.querySelectorAll('a[href], button, input, summary, select, textarea, [tabindex="0"]')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .filter((one) => one.getBoundingClientRect().width > 0 && !one.disabled && !one.dataset.stop)
  .map((one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 60)}`)"""


def styles_of(marks: list[str]) -> str:
    """Ask for the looks of the numbered stops: number -> what `STOPS` calls style."""
    return f"""(() => {{
  {_LOOK}
  const found = {json.dumps(marks)}.map((mark) => [mark, look(document.querySelector(`[data-stop="${{mark}}"]`))]);
  return Object.fromEntries(found);
}})()"""
