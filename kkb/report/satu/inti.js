/* What every other part rests on: the content of the file, its words, and ways to make elements.
 * Text becomes text nodes only, never markup: a village called "<b>" reads "<b>". Written for browsers of 2018. */
const read = (id) => {
  const node = document.getElementById(id);
  return node ? JSON.parse(node.textContent) : null;
};
const pack = read("isi");
const words = pack.words;

/* A text of the dictionary with {names} filled in. */
const say = (name, values) => words[name].replace(/\{(\w+)\}/g, (whole, key) =>
  values && values[key] !== undefined ? String(values[key]) : whole);

const append = (node, inside) => inside.forEach((part) => {
  if (Array.isArray(part)) append(node, part);
  else if (part instanceof Node) node.appendChild(part);
  else if (part !== null && part !== undefined && part !== false) node.appendChild(document.createTextNode(String(part)));
});

const maker = (namespace) => (tag, attributes, ...inside) => {
  const node = namespace ? document.createElementNS(namespace, tag) : document.createElement(tag);
  Object.keys(attributes || {}).forEach((name) => {
    const value = attributes[name];
    if (value === null || value === undefined || value === false) return;
    if (name.slice(0, 2) === "on") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  });
  append(node, inside);
  return node;
};
const html = maker(null);
const svg = maker("http://www.w3.org/2000/svg");
const clear = (node) => {
  while (node.firstChild) node.removeChild(node.firstChild);
  return node;
};

/* How wide a text is on screen, in pixels. */
const pen = document.createElement("canvas").getContext("2d");
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif";
const width = (text, size, weight) => {
  pen.font = (weight || 400) + " " + size + "px " + FONT;
  return pen.measureText(text).width;
};

/* Black or white, whichever reads better on a colour. */
const ink = (colour) => {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.substr(i, 2), 16) / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4)));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "#000000" : "#ffffff";
};
