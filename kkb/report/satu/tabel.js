/* Tables: numbers as the pack writes them, sorted as the numbers they are; what is missing always comes last. */
const compare = (language) => {
  const texts = typeof Intl === "object" && Intl.Collator ? new Intl.Collator(language, { numeric: true }).compare : (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : texts(String(a), String(b)));
};
const order = compare(pack.language);

/* A cell is a text, null where nothing is known, or [number, the number as it is read]. */
const valueOf = (cell) => (Array.isArray(cell) ? cell[0] : cell);
const textOf = (cell) => (cell === null ? pack.missing : Array.isArray(cell) ? cell[1] : cell);

const CODE = /^\d\d\.\d\d\.\d\d\.\d{4}$/;

/* `link(code, text)` may make an element of the code of a village; `isFixed` leaves out the sorting. */
const table = (grid, link, isFixed) => {
  const body = html("tbody");
  const isNumber = grid.columns.map((_, c) => grid.rows.some((row) => Array.isArray(row[c])));
  const cell = (value, c) => {
    const text = textOf(value);
    const made = link && typeof value === "string" && CODE.test(value) ? link(value.replace(/\./g, ""), text) : text;
    return html(c ? "td" : "th", { scope: c ? null : "row", class: isNumber[c] ? "angka" : value === null ? "kosong" : null }, made);
  };
  const fill = (rows) => append(clear(body), rows.map((row) => html("tr", null, row.map(cell))));
  const heads = grid.columns.map((name, c) => {
    const head = html("th", { scope: "col", class: isNumber[c] ? "angka" : null });
    if (isFixed) {
      append(head, [name]);
      return head;
    }
    const sort = () => {
      const isDown = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      const known = grid.rows.filter((row) => valueOf(row[c]) !== null);
      known.sort((a, b) => (isDown ? -1 : 1) * order(valueOf(a[c]), valueOf(b[c])));
      fill(known.concat(grid.rows.filter((row) => valueOf(row[c]) === null)));
    };
    append(head, [html("button", { type: "button", title: words.sort, onclick: sort }, name)]);
    return head;
  });
  fill(grid.rows);
  return html("table", null, html("thead", null, html("tr", null, heads)), body);
};

/* A table in a box of its own that scrolls sideways where the screen is narrow. */
const scrolling = (grid, link, isFixed) =>
  html("section", { class: "tabel" }, html("h2", null, grid.title),
    html("div", { class: "gulir", tabindex: 0, role: "region", "aria-label": grid.title }, table(grid, link, isFixed)));

/* The numbers of a chart as a table. */
const gridOf = (chart) => ({
  title: chart.title,
  columns: [words.category].concat(chart.series.map((s) => (chart.unit && chart.series.length === 1 ? s.name + " (" + chart.unit + ")" : s.name))).concat(chart.labels.length ? [words.told] : []),
  rows: chart.categories.map((name, c) =>
    [name].concat(chart.series.map((s) => (s.values[c] === null ? null : [s.values[c], s.texts[c]]))).concat(chart.labels.length ? [chart.labels[c]] : [])),
});

/* The villages of a map as a table: name, kecamatan, class. */
const mapGrid = (view) => {
  const keys = keysOf(view);
  return {
    title: view.title,
    columns: [words.code, words.village, words.districtHead, words.classHead],
    rows: units.map((unit, i) => [unit, keys[i]]).filter((pair) => !view.district || pair[0].code.indexOf(view.district) === 0)
      .map(([unit, key]) => [unit.code.replace(/^(..)(..)(..)/, "$1.$2.$3."), unit.name, unit.district, key ? key.label : null]),
  };
};

/* A box that makes its content when it is first opened. */
const onDemand = (title, make) => {
  const box = html("details", { class: "lipat" }, html("summary", null, title));
  box.addEventListener("toggle", () => {
    if (box.open && box.children.length === 1) box.appendChild(make());
  });
  return box;
};
