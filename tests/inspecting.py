"""What a browser is asked about a page it shows; each is an expression of JavaScript."""

from __future__ import annotations

import json

# Elements whose text leaves the window or their table cell, other than within what scrolls by itself.
SPILLING = """(() => {
  const scrolls = (one) => one && (getComputedStyle(one).overflowX !== 'visible' || scrolls(one.parentElement));
  const unseen = (one) => one && (getComputedStyle(one).clipPath !== 'none' || unseen(one.parentElement));
  const all = [...document.querySelectorAll('article *')];
  const seen = all.filter((one) => one.checkVisibility({ visibilityProperty: true }) && !unseen(one));
  const out = seen.filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !scrolls(one));
  const cells = seen.filter((one) => one.matches('td, th, dd, dt, summary') && one.scrollWidth > one.clientWidth + 1);
  return [...out, ...cells].map((one) => `${one.tagName}.${one.className}: ${one.textContent.slice(0, 60)}`);
})()"""

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
