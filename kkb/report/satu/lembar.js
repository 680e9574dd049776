/* One sheet as it is shown or printed. What must know its size is drawn by `ready`, once the sheet stands in the page. */
const figuresOf = (sheet) => sheet.figures.length > 0 && html("dl", { class: "kunci" },
  sheet.figures.map(([label, value, note]) => html("div", null, html("dt", null, label), html("dd", { class: "nilai" }, value), html("dd", { class: "catat" }, note))));

const pointsOf = (sheet) => sheet.points.length > 0 && html("ul", { class: "pokok" }, sheet.points.map((point) => html("li", null, point)));

/* The height left on the screen for a picture with `below` pixels under it; on a telephone, a share of the screen. */
const room = (node, below) => {
  if (!window.matchMedia("(min-width: 48.01rem)").matches) return Math.round(window.innerHeight * 0.58);
  return Math.max(300, window.innerHeight - 44 - node.getBoundingClientRect().top - window.pageYOffset - below);
};

/* `open(code)` opens a village; without it the sheet is for paper: nothing to press, and the sizes are those of A4. */
const draw = (sheet, open) => {
  const drawn = [];
  const visuals = [];
  const asides = [];
  const isOffered = (code) => pack.villages.indexOf(code) >= 0;
  const link = open && ((code, text) => isOffered(code) ? html("a", {
    href: "#desa/" + code,
    onclick: (event) => {
      event.preventDefault();
      open(code);
    },
  }, text) : text);
  const points = pointsOf(sheet);
  let map = null;
  if (sheet.map) {
    map = new VillageMap(sheet.map, open && ((code) => isOffered(code) && open(code)));
    const legend = legendOf(sheet.map);
    drawn.push(() => {
      if (!open) return map.size(370, sheet.grid ? 310 : 520).cull();
      map.node.style.height = room(map.node, legend.offsetHeight + (sheet.grid && points ? 56 : 20)) + "px";
      return map.size();
    });
    visuals.push(html("figure", null, html("figcaption", null, sheet.map.title), map.node, legend));
    if (open) asides.push(onDemand(words.mapTable, () => html("div", { class: "gulir", tabindex: 0, role: "region", "aria-label": words.mapTable }, table(mapGrid(sheet.map), link))));
  }
  if (sheet.chart) {
    const canvas = html("div", { class: "kanvas" });
    drawn.push(() => {
      const wide = open ? canvas.clientWidth || 600 : sheet.map ? 370 : 715;
      const made = barChart(sheet.chart, Math.round(wide / look.zoom), open ? Math.round(room(canvas, 90) / look.zoom) : 360);
      made.setAttribute("width", wide);
      made.setAttribute("height", Math.round(made.getAttribute("height") * look.zoom));
      append(clear(canvas), [made]);
    });
    visuals.push(html("figure", null, html("figcaption", null, sheet.chart.title), seriesLegend(sheet.chart), canvas));
    if (open) asides.push(onDemand(words.chartTable, () => html("div", { class: "gulir", tabindex: 0, role: "region", "aria-label": words.chartTable }, table(gridOf(sheet.chart), null))));
  }
  const grid = sheet.grid && scrolling(sheet.grid, link, !open);
  const isBeside = visuals.length > 0 && !points && grid;
  const node = html("article", { class: "lembar" + (sheet.map ? " ada-peta" : "") + (sheet.grid ? " ada-tabel" : "") },
    html("p", { class: "bagian" }, sheet.inAgenda || sheet.part !== "desa" ? pack.parts[sheet.part] : words.village),
    html("h1", { tabindex: -1 }, sheet.title),
    figuresOf(sheet),
    visuals.length > 0
      ? html("div", { class: "dua" + (sheet.chart && !sheet.map ? " lebar" : "") }, html("div", null, visuals), html("div", null, isBeside ? grid : points))
      : points,
    !isBeside && grid,
    asides,
    sheet.source && html("p", { class: "sumber" }, sheet.source),
    open && html("p", { class: "tanda" }, pack.title + " · " + pack.stamp));
  return { node, map, ready: () => drawn.forEach((one) => one()) };
};
