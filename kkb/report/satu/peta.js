/* The map, as SVG: the delta-coded rings of the layer become relative paths as they are, and a view is one transform. */
const LINE = "#595959";
const MOTIFS = {
  titik: () => svg("circle", { cx: 3, cy: 3, r: 1, fill: "#8a8a8a" }),
  arsir: () => svg("path", { d: "M-2 2L2-2M0 8L8 0M6 10L10 6", stroke: "#4d4d4d", "stroke-width": 1.2 }),
  silang: () => svg("path", { d: "M0 8L8 0M0 0L8 8", stroke: "#a5a5a5", "stroke-width": 1 }),
};
let motifs = 0;

/* A pattern of its own in every picture; `scale` undoes the zoom of what it fills. */
const motif = (entry) => {
  const size = entry.pattern === "titik" ? 6 : 8;
  const id = "m" + ++motifs;
  return {
    id,
    node: svg("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse" },
      svg("rect", { width: size, height: size, fill: entry.colour }), MOTIFS[entry.pattern]()),
  };
};

/* [lat, lon, Δlat, Δlon, ...] in 1/10,000 degrees: the first pair is a place, the others are steps, as in SVG. */
const ring = (deltas, end) => {
  let d = "M" + deltas[1] + " " + -deltas[0] + "l";
  for (let i = 2; i < deltas.length; i += 2) d += deltas[i + 1] + " " + -deltas[i] + " ";
  return d + end;
};
const outline = (shape) => shape.map((part) => part.map((deltas) => ring(deltas, "z")).join("")).join("");

/* The middle of the largest ring, where the name of a village goes. */
const middle = (shape) => {
  let best = [0, 0, -1];
  shape.forEach((part) => {
    const points = [];
    let lat = 0, lon = 0;
    for (let i = 0; i < part[0].length; i += 2) points.push([lon += part[0][i + 1], -(lat += part[0][i])]);
    let area = 0, x = 0, y = 0;
    const [ox, oy] = points[0];
    points.forEach((p, i) => {
      const q = points[(i + 1) % points.length];
      const cross = (p[0] - ox) * (q[1] - oy) - (q[0] - ox) * (p[1] - oy);
      area += cross;
      x += (p[0] + q[0] - 2 * ox) * cross;
      y += (p[1] + q[1] - 2 * oy) * cross;
    });
    if (Math.abs(area) > best[2]) best = [ox + x / (3 * area), oy + y / (3 * area), Math.abs(area)];
  });
  return [best[0], best[1]];
};

const layer = pack.layer;
const boxOf = (name) => {
  const [[south, west], [north, east]] = layer.batas[name];
  return [west * 1e4, -north * 1e4, east * 1e4, -south * 1e4];
};
const units = layer.unit.map((unit) => ({ code: unit.k, name: unit.n, district: unit.c, shape: unit.g, d: outline(unit.g), at: null }));
const place = {};
units.forEach((unit, i) => { place[unit.code] = i; });

/* The class of every village on one map: [{code, label, colour, pattern, count, isState}], one by village. */
const keysOf = (view) => {
  const tone = pack.tones[view.tone];
  return units.map((unit, i) => tone.legend[parseInt(tone.classes[i], 36)]);
};

const swatch = (entry) => {
  const made = entry.pattern ? motif(entry) : null;
  return svg("svg", { class: "contoh", width: 22, height: 15, "aria-hidden": "true" },
    made && svg("defs", null, made.node),
    svg("rect", { x: 0.5, y: 0.5, width: 21, height: 14, stroke: LINE, fill: made ? "url(#" + made.id + ")" : entry.colour }));
};

const legendOf = (view) => {
  const entries = pack.tones[view.tone].legend.map((entry) =>
    html("li", { class: entry.isState ? "keadaan" : null }, swatch(entry), html("span", null, entry.label + ": ", html("b", null, entry.told))));
  return html("ul", { class: "legenda", "aria-label": words.legend }, entries);
};

/* A map that fills its box. `open(code)` is called for a village that is chosen; without it the map is a picture. */
class VillageMap {
  constructor(view, open) {
    this.view = view;
    this.open = open;
    this.keys = keysOf(view);
    this.tip = html("div", { class: "keterangan", hidden: true });
    this.geo = svg("g", { class: "wilayah" });
    this.names = svg("g", { class: "nama" });
    this.scale = html("div", { class: "skala", "aria-hidden": "true" });
    this.picture = svg("svg", { role: "img", "aria-label": view.alt }, this.geo, this.names);
    this.node = html("div", { class: "peta" }, this.picture, this.tip, this.scale,
      html("small", { class: "atribusi" }, words.credit), open && this.buttons());
    this.paint();
    if (open) gestures(this);
  }

  buttons() {
    const button = (name, sign, act) => html("button", { type: "button", "aria-label": words[name], title: words[name], onclick: act }, sign);
    return html("div", { class: "tombol-peta" },
      button("zoomIn", "+", () => this.zoom(1.5)), button("zoomOut", "−", () => this.zoom(1 / 1.5)),
      button("zoomAll", "⤢", () => this.fit()));
  }

  paint() {
    const { view } = this;
    const tone = pack.tones[view.tone];
    this.patterns = [];
    const fills = tone.legend.map((entry) => {
      if (!entry.pattern) return entry.colour;
      const made = motif(entry);
      this.patterns.push(made.node);
      return "url(#" + made.id + ")";
    });
    append(this.geo, [svg("defs", null, this.patterns)]);
    layer.latar.forEach((back) => this.geo.appendChild(svg("path", { class: "tetangga", d: back.g.map((line) => ring(line, "")).join("") })));
    units.forEach((unit, i) => {
      const inside = !view.district || unit.code.indexOf(view.district) === 0;
      this.geo.appendChild(svg("path", {
        class: inside ? "desa" : "desa luar", d: unit.d, fill: fills[parseInt(tone.classes[i], 36)] || "#ffffff", "data-desa": unit.code,
      }));
    });
    layer.garis.forEach((line) => this.geo.appendChild(svg("path", {
      class: line.k === view.district ? "batas terpilih" : "batas", d: outline(line.g),
    })));
    if (view.village && place[view.village] !== undefined) {
      this.geo.appendChild(svg("path", { class: "tanda", d: units[place[view.village]].d }));
    }
  }

  /* Take the size of the box and fit the map to it, unless the reader has moved it. */
  size(w, h) {
    this.w = w || this.node.clientWidth || 600;
    this.h = h || this.node.clientHeight || 400;
    this.picture.setAttribute("width", this.w);
    this.picture.setAttribute("height", this.h);
    this.home = this.fitting();
    if (!this.k || !this.isMoved) this.fit();
    else this.draw();
    return this;
  }

  /* For paper, where nobody moves it: only what is in the picture, and one shape for all villages under one pattern,
   * since printers take long over patterns. */
  cull() {
    const { k, x, y, w, h } = this;
    const together = {};
    [].forEach.call(this.geo.querySelectorAll("[data-desa]"), (path) => {
      const box = boxOf(path.getAttribute("data-desa"));
      const fill = path.getAttribute("fill");
      if (x + k * box[2] < 0 || x + k * box[0] > w || y + k * box[3] < 0 || y + k * box[1] > h) this.geo.removeChild(path);
      else if (fill.charAt(0) === "u") {
        const style = path.getAttribute("class");
        together[fill + style] = together[fill + style] || { fill, style, d: "" };
        together[fill + style].d += path.getAttribute("d");
        path.setAttribute("fill", "none");
      }
    });
    Object.keys(together).forEach((key) => {
      const { fill, style, d } = together[key];
      this.geo.insertBefore(svg("path", { class: style + " dasar", d, fill }), this.geo.firstChild);
    });
  }

  /* The view of the whole area; of a village: itself with what lies around it, inside its kecamatan. */
  fitting() {
    const { view } = this;
    const pad = 10;
    const whole = boxOf(view.district && layer.batas[view.district] ? view.district : "semua");
    const scale = (box) => Math.min((this.w - 2 * pad) / (box[2] - box[0]), (this.h - 2 * pad) / (box[3] - box[1]));
    if (!view.village || !layer.batas[view.village]) return this.centre(whole, scale(whole));
    const box = boxOf(view.village);
    return this.centre(box, Math.max(scale(whole), scale(box) / 2.6));
  }

  centre(box, k) {
    return { k, x: this.w / 2 - (k * (box[0] + box[2])) / 2, y: this.h / 2 - (k * (box[1] + box[3])) / 2 };
  }

  fit() {
    Object.assign(this, this.home);
    this.isMoved = false;
    this.draw();
  }

  zoom(factor, x, y) {
    const [cx, cy] = x === undefined ? [this.w / 2, this.h / 2] : [x, y];
    const k = Math.min(Math.max(this.k * factor, this.home.k / 4), this.home.k * 60);
    this.move(cx - ((cx - this.x) * k) / this.k - this.x, cy - ((cy - this.y) * k) / this.k - this.y, k);
  }

  move(dx, dy, k) {
    this.x += dx;
    this.y += dy;
    this.k = k || this.k;
    this.isMoved = true;
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = null;
      this.draw();
    });
  }

  draw() {
    const { k } = this;
    this.geo.setAttribute("transform", "translate(" + this.x + " " + this.y + ") scale(" + k + ")");
    this.patterns.forEach((node) => node.setAttribute("patternTransform", "scale(" + 1 / k + ")"));
    this.node.classList.toggle("dekat", k > this.home.k * 1.01);
    this.label();
    this.ruler();
  }

  /* Names that fit without lying on one another: the chosen village first, then kecamatan, villages, neighbours. */
  label() {
    clear(this.names);
    const { view, k } = this;
    const { w, h } = this;
    const taken = [[0, h - 28, w / 4 + 16, h], [w - 280, h - 18, w, h]];
    if (this.open) taken.push([w - 52, 0, w, 132]);
    const put = (text, at, style, points) => {
      const size = points * Math.min(Math.max(look.zoom, 1), 2);
      const half = width(text, size, style === "nama-kecamatan" || style === "nama-tanda" ? 700 : 400) / 2 + 3;
      const own = this.x + k * at[0], y = this.y + k * at[1];
      const x = Math.min(Math.max(own, half), w - half);
      if (Math.abs(x - own) > half * (style === "nama-jauh" ? 0 : 0.8) || y < 8 || y > h - 8) return;
      const box = [x - half, y - size * 0.65, x + half, y + size * 0.65];
      if (taken.some((t) => box[2] > t[0] && box[0] < t[2] && box[3] > t[1] && box[1] < t[3])) return;
      taken.push(box);
      this.names.appendChild(svg("text", { x, y, dy: "0.35em", class: style, "font-size": size }, text));
    };
    const spot = (unit) => (unit.at = unit.at || middle(unit.shape));
    if (view.village) {
      const own = units[place[view.village]];
      if (own) put(own.name, spot(own), "nama-tanda", 15);
    }
    if (!view.district) {
      layer.garis.forEach((line) => put(line.n, [line.t[1] * 1e4, -line.t[0] * 1e4], "nama-kecamatan", 14));
    }
    if (view.district || k > this.home.k * 2) {
      units.forEach((unit) => {
        if (!view.district || unit.code.indexOf(view.district) === 0) put(unit.name, spot(unit), "nama-desa", 13);
      });
    }
    if (view.district) {
      layer.garis.forEach((line) => {
        if (line.k !== view.district) put(say("district", { name: line.n }), [line.t[1] * 1e4, -line.t[0] * 1e4], "nama-jauh", 13);
      });
    }
    layer.latar.forEach((back) => put(back.n, [back.t[1] * 1e4, -back.t[0] * 1e4], "nama-jauh", 13));
  }

  ruler() {
    const perKm = (1e4 / 111.32) * this.k;
    const km = [50, 20, 10, 5, 2, 1].filter((n) => n * perKm < this.w / 4)[0];
    this.scale.hidden = !km;
    if (!km) return;
    this.scale.style.width = km * perKm + "px";
    this.scale.textContent = km + " km";
  }

  /* What the pointer is on, in words. */
  tell(code, x, y) {
    this.tip.hidden = !code;
    if (!code) return;
    const i = place[code];
    append(clear(this.tip), [html("b", null, units[i].name), ", " + say("district", { name: units[i].district }), html("br"), this.keys[i] ? this.keys[i].label : ""]);
    this.tip.style.left = Math.min(x + 14, this.w - this.tip.offsetWidth - 4) + "px";
    this.tip.style.top = Math.max(4, y - this.tip.offsetHeight - 10) + "px";
  }
}

/* Drag, wheel, pinch and click. One finger scrolls the page until the map is closer than at first. */
const gestures = (map) => {
  const { node } = map;
  let from = null, spread = 0, isDrag = false;
  const at = (event) => {
    const box = node.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const codeAt = (event) => (event.target instanceof Element && event.target.getAttribute("data-desa")) || null;
  node.addEventListener("wheel", (event) => {
    event.preventDefault();
    map.zoom(Math.pow(2, -event.deltaY * (event.deltaMode ? 0.05 : 0.0025)), ...at(event));
  }, { passive: false });
  node.addEventListener("mousedown", (event) => {
    if (event.button || event.target instanceof HTMLButtonElement) return;
    from = [event.clientX, event.clientY];
    isDrag = false;
    const move = (e) => {
      if (Math.abs(e.clientX - from[0]) + Math.abs(e.clientY - from[1]) < 4 && !isDrag) return;
      isDrag = true;
      map.tell(null);
      map.move(e.clientX - from[0], e.clientY - from[1]);
      from = [e.clientX, e.clientY];
    };
    const up = () => {
      document.removeEventListener("mousemove", move);
      document.removeEventListener("mouseup", up);
    };
    document.addEventListener("mousemove", move);
    document.addEventListener("mouseup", up);
  });
  node.addEventListener("mousemove", (event) => { if (!event.buttons) map.tell(codeAt(event), ...at(event)); });
  node.addEventListener("mouseleave", () => map.tell(null));
  node.addEventListener("click", (event) => {
    const code = codeAt(event);
    if (code && !isDrag) map.open(code);
    isDrag = false;
  });
  const gap = (touches) => Math.hypot(touches[0].clientX - touches[1].clientX, touches[0].clientY - touches[1].clientY);
  const centre = (touches) => {
    const points = [].map.call(touches, (t) => at(t));
    return [0, 1].map((n) => points.reduce((sum, p) => sum + p[n], 0) / points.length);
  };
  node.addEventListener("touchstart", (event) => {
    from = centre(event.touches);
    spread = event.touches.length > 1 ? gap(event.touches) : 0;
  }, { passive: true });
  node.addEventListener("touchmove", (event) => {
    const isPinch = event.touches.length > 1;
    if (!from || !(isPinch || node.classList.contains("dekat"))) return;
    event.preventDefault();
    const now = centre(event.touches);
    map.move(now[0] - from[0], now[1] - from[1]);
    if (isPinch && spread) {
      map.zoom(gap(event.touches) / spread, ...now);
      spread = gap(event.touches);
    }
    from = now;
  }, { passive: false });
  node.addEventListener("touchend", (event) => {
    from = event.touches.length ? centre(event.touches) : null;
    spread = event.touches.length > 1 ? gap(event.touches) : 0;
  });
};
