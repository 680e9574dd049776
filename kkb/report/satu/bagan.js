/* Bars as SVG, standing or lying, stacked or side by side, each with its number on it. */
const EDGE = "#595959";
const BODY = 14;

/* A text on several lines, each at most `room` wide. */
const lines = (text, room, size, weight) => {
  const found = [];
  text.split(" ").forEach((word) => {
    const last = found[found.length - 1];
    if (last !== undefined && width(last + " " + word, size, weight) <= room) found[found.length - 1] = last + " " + word;
    else found.push(word);
  });
  return found;
};

const tops = (chart) => chart.categories.map((_, c) =>
  chart.isStacked
    ? chart.series.reduce((sum, s) => sum + (s.values[c] || 0), 0)
    : Math.max(0, ...chart.series.map((s) => s.values[c] || 0)));

const colourOf = (chart, series, c) =>
  chart.series.length === 1 && c === chart.highlight ? chart.strong : series.colour;

const told = (chart, s, c) => (chart.labels.length && chart.series.length === 1 ? chart.labels[c] : chart.series[s].texts[c]);

const word = (x, y, text, options) => svg("text", Object.assign({ x, y, dy: "0.35em", "font-size": BODY }, options), text);

const bar = (x, y, w, h, colour) => svg("rect", { x, y, width: Math.max(w, 0.5), height: Math.max(h, 0.5), fill: colour, stroke: EDGE, "stroke-width": 0.8, class: "batang" });

const lying = (chart, wide) => {
  const isNarrow = wide < 420;
  const bold = (c) => (c === chart.highlight ? 700 : 400);
  const names = isNarrow ? 0 : Math.min(wide * 0.34, Math.max(...chart.categories.map((n, c) => width(n, BODY, bold(c)))) + 12);
  const isGrouped = !chart.isStacked && chart.series.length > 1;
  const thick = isGrouped ? 16 : 20;
  const inside = isGrouped ? thick * chart.series.length : thick;
  const row = inside + (isNarrow ? 30 : 10);
  const spare = chart.isStacked ? 8 : Math.max(...chart.series.map((s, n) => Math.max(...chart.categories.map((_, c) => width(told(chart, n, c), BODY, bold(c)))))) + 16;
  const room = Math.max(wide - names - spare, 40);
  const most = Math.max(...tops(chart), 0) || 1;
  const parts = [];
  chart.categories.forEach((name, c) => {
    const top = c * row + (isNarrow ? 24 : 5);
    parts.push(isNarrow
      ? word(0, top - 11, name, { "font-weight": bold(c) })
      : word(names - 10, top + inside / 2, name, { "text-anchor": "end", "font-weight": bold(c) }));
    let from = names;
    chart.series.forEach((series, s) => {
      const value = series.values[c];
      const long = ((value || 0) / most) * room;
      const y = isGrouped ? top + s * thick : top;
      if (chart.isStacked) {
        if (value) parts.push(bar(from, y, long, thick, series.colour));
        if (value && long > width(series.texts[c], 13) + 4) {
          parts.push(word(from + long / 2, y + thick / 2, series.texts[c], { "text-anchor": "middle", style: null, fill: ink(series.colour), "font-size": 13 }));
        }
        from += long;
        return;
      }
      if (value !== null) parts.push(bar(names, y, long, isGrouped ? thick - 3 : thick, colourOf(chart, series, c)));
      parts.push(word(names + long + 7, y + thick / 2, told(chart, s, c), { "font-weight": bold(c) }));
    });
  });
  return { parts, high: chart.categories.length * row + 6 };
};

const standing = (chart, wide, tall) => {
  const isGrouped = !chart.isStacked && chart.series.length > 1;
  const slot = wide / chart.categories.length;
  const names = chart.categories.map((name) => lines(name, slot - 2, 13, 400));
  const below = Math.max(...names.map((n) => n.length)) * 16 + 8;
  const high = Math.max(tall || 360, below + 160);
  const base = high - below;
  const most = Math.max(...tops(chart), 0) || 1;
  const unit = (base - 26) / most;
  const thick = slot * 0.74;
  const parts = [svg("line", { x1: 0, x2: wide, y1: base, y2: base, class: "garis" })];
  chart.categories.forEach((_, c) => {
    const left = c * slot + (slot - thick) / 2;
    let from = base;
    chart.series.forEach((series, s) => {
      const value = series.values[c];
      const long = (value || 0) * unit;
      if (chart.isStacked) {
        if (!value) return;
        from -= long;
        parts.push(bar(left, from, thick, long, series.colour));
        if (long > 14) parts.push(word(left + thick / 2, from + long / 2, series.texts[c], { "text-anchor": "middle", fill: ink(series.colour) }));
        return;
      }
      const w = isGrouped ? thick / chart.series.length : thick;
      const x = left + (isGrouped ? s * w : 0);
      if (value !== null) parts.push(bar(x, base - long, w - (isGrouped ? 2 : 0), long, colourOf(chart, series, c)));
      parts.push(word(x + w / 2, base - long - 11, told(chart, s, c), { "text-anchor": "middle", "font-size": 13 }));
    });
    const weight = c === chart.highlight ? 700 : 400;
    names[c].forEach((line, n) => parts.push(word(c * slot + slot / 2, base + 14 + n * 16, line, { "text-anchor": "middle", "font-size": 13, "font-weight": weight })));
  });
  return { parts, high };
};

/* The picture in a given width; standing bars that would be too thin lie down. */
const barChart = (chart, wide, tall) => {
  const needed = Math.max(...chart.categories.map((name) => Math.max(...name.split(" ").map((w) => width(w, 13, 700))))) + 8;
  const isLying = chart.isLying || wide / chart.categories.length < Math.max(needed, chart.series.length > 1 && !chart.isStacked ? 24 * chart.series.length : 0);
  const { parts, high } = isLying ? lying(chart, wide) : standing(chart, wide, tall);
  return svg("svg", { class: "bagan", role: "img", "aria-label": chart.title + ". " + chart.alt, width: wide, height: high, viewBox: "0 0 " + wide + " " + high }, parts);
};

/* Names of the series in the order they lie, for more than one. */
const seriesLegend = (chart) => chart.series.length > 1 && html("ul", { class: "legenda", "aria-label": words.legend },
  chart.series.map((s) => html("li", null, swatch({ colour: s.colour }), html("span", null, s.name))));
