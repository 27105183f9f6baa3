/* Charts for exploring. Each figure shows its still drawing until a reader asks for more: by pointing at it, by tapping it
   or by its button. Only then are Plotly (one copy for all editions) and the figure's numbers fetched. Escape or the
   button brings the still drawing back; the left and right arrow keys walk from mark to mark. Nothing moves by itself. */
"use strict";

(() => {
  const ROLES = {
    actual: "--pt-actual", schedule: "--pt-quiet", flag: "--pt-quiet", target: "--pt-target",
    met: "--pt-good-fill", missed: "--pt-bad-fill", watch: "--pt-warn-fill",
  };
  const POINTING = 150; // milliseconds a mouse rests on a drawing before that counts as asking
  // Plotly adds style rules to the sheet with the first id, and the map styles it brings to an element with the second. Our
  // pages allow style sheets from files alone: rules go into a sheet that came from a file, and maps are not used.
  const SHEET = "plotly.js-style-global";
  const MAPS = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53";

  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

  const open = new Map(); // figure -> its plot and spec
  let library; // one promise for the whole visit

  const colour = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();
  const coloured = (role) => colour(ROLES[role] || "--pt-none-fill");

  function element(tag, settings, parent) {
    const made = Object.assign(document.createElement(tag), settings);
    parent.append(made);
    return made;
  }

  function loaded(tag, settings) {
    return new Promise((resolve, reject) => {
      const made = element(tag, settings, document.body); // a page change by script keeps the body
      made.onload = resolve;
      made.onerror = () => { made.remove(); reject(new Error("not loaded")); };
    });
  }

  function load(figure) {
    const styles = document.querySelector('link[rel="stylesheet"][href*="assets/perftrack"]').href;
    library ||= (async () => {
      if (!document.getElementById(SHEET)) await loaded("link", { id: SHEET, rel: "stylesheet", href: styles });
      if (!document.getElementById(MAPS)) element("template", { id: MAPS }, document.body);
      await loaded("script", { src: figure.dataset.plotly });
      return window.Plotly;
    })();
    library.catch(() => { library = undefined; });
    return library;
  }

  async function numbers(figure) {
    const answer = await fetch(figure.dataset.chart);
    if (!answer.ok) throw new Error("not found");
    return answer.json();
  }

  /* Give every mark the colour of its role, as it is now. */
  function painted(spec) {
    const { data, layout } = structuredClone(spec);
    const quiet = colour("--pt-quiet"), line = colour("--pt-line"), ink = colour("--pt-ink"), page = colour("--pt-page");
    for (const trace of data) {
      if (trace.type === "heatmap") trace.colorscale = [[0, colour("--pt-ground")], [1, colour("--pt-actual")]];
      else if (trace.type === "bar") trace.marker = { color: trace.meta.map(coloured) };
      else {
        trace.line = { color: coloured(trace.meta), width: trace.meta === "actual" ? 2.5 : 1.5, dash: trace.meta === "actual" ? "solid" : "dash" };
        trace.marker = { color: coloured(trace.meta), size: 6 };
      }
    }
    for (const shape of layout.shapes || []) {
      shape.line = { color: coloured(shape.name), width: shape.name === "words" ? 0 : 1.5, dash: shape.name === "flag" ? "dot" : "solid" };
    }
    for (const axis of [layout.xaxis, layout.yaxis]) Object.assign(axis, { gridcolor: line, zerolinecolor: line, linecolor: line });
    layout.font = { color: quiet, family: getComputedStyle(document.body).fontFamily, size: 12 };
    layout.hoverlabel = { bgcolor: page, bordercolor: quiet, font: { color: ink } };
    // A finger that moves over the drawing scrolls the page.
    layout.dragmode = matchMedia("(pointer: coarse)").matches ? false : "zoom";
    return { data, layout };
  }

  const drawn = (figure) => figure.querySelector(".pt-drawing");
  const button = (figure) => figure.querySelector(".pt-explore button");
  const place = (name) => name.replace(/^(\d+)-(\d\d)-0?(\d+)$/, (_, year, month, day) => `${day} ${MONTHS[month - 1]} ${year}`);
  const say = (figure, words) => { figure.querySelector(".pt-explore [role=status]").textContent = words; };

  async function explore(figure) {
    if (figure.dataset.wanted) return;
    figure.dataset.wanted = "yes";
    say(figure, "Loading …");
    try {
      const [Plotly, spec] = await Promise.all([load(figure), numbers(figure)]);
      if (!figure.isConnected || !figure.dataset.wanted) return;
      const plot = document.createElement("div");
      plot.className = "pt-plot";
      drawn(figure).append(plot); // Plotly measures its words: attached first, drawn then
      open.set(figure, { plot, spec, at: -1 });
      const { data, layout } = painted(spec);
      await Plotly.newPlot(plot, data, layout, { displayModeBar: false, responsive: true, displaylogo: false });
      figure.dataset.exploring = "yes";
      say(figure, "");
      button(figure).setAttribute("aria-pressed", "true");
    } catch {
      close(figure);
      say(figure, "The interactive chart could not be loaded. The drawing and the numbers show the same.");
    }
  }

  function close(figure) {
    const shown = open.get(figure);
    if (shown) {
      window.Plotly.purge(shown.plot);
      shown.plot.remove();
      open.delete(figure);
    }
    delete figure.dataset.wanted;
    delete figure.dataset.exploring;
    button(figure).setAttribute("aria-pressed", "false");
    say(figure, "");
  }

  /* Go to the mark before or after, show what the mouse would show there, and say it. */
  function walk(figure, step) {
    const shown = open.get(figure), [first] = shown.plot.data;
    const known = first.x.map((_, index) => index).filter((index) => first.y[index] !== null);
    shown.at = Math.min(Math.max(shown.at + step, 0), known.length - 1);
    const index = known[shown.at], at = first.x[index];
    window.Plotly.Fx.hover(shown.plot, [{ curveNumber: 0, pointNumber: index }]);
    const words = shown.plot.data.map((trace) => trace.hovertext[trace.x.indexOf(at)]).filter(Boolean);
    say(figure, `${place(at)}. ${words.join(". ")}`);
  }

  function prepare(figure) {
    if (figure.dataset.ready) return;
    figure.dataset.ready = "yes";
    const asks = button(figure);
    let resting;
    asks.hidden = false;
    asks.addEventListener("focus", () => load(figure).catch(() => {}));
    asks.addEventListener("click", () => (open.has(figure) ? close(figure) : explore(figure)));
    asks.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step || !open.has(figure)) return;
      event.preventDefault();
      walk(figure, step);
    });
    drawn(figure).addEventListener("click", () => explore(figure));
    drawn(figure).addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") resting = setTimeout(explore, POINTING, figure);
    });
    drawn(figure).addEventListener("pointerleave", () => clearTimeout(resting));
  }

  /* A page was shown, the first one or, where the theme changes pages by script, the next: forget the plots of the last. */
  function start() {
    for (const figure of [...open.keys()]) if (!figure.isConnected) close(figure);
    document.querySelectorAll("figure[data-chart]").forEach(prepare);
  }

  function repaint() {
    for (const { plot, spec } of open.values()) {
      const { data, layout } = painted(spec);
      window.Plotly.react(plot, data, layout);
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") [...open.keys()].forEach(close);
  });
  new MutationObserver(repaint).observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
