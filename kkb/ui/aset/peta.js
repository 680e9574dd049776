/* The map in the browser. The page sends polygons once, by address; after that only classes, by `kkb.paint`.
 *
 * kkb.start(map, options)  options: {url, view, channel, texts: {attribution, district, zoomIn, zoomOut,
 *                          box, frame, language}}
 * kkb.paint(state)         state: {classes, values, legend, village, district, near, coats, labels}
 *   classes  one character per village, in the order of the layer file: base-36 index into legend
 *   values   null, or the texts to show beside the class of each village, with | between them
 *   legend   [{label, colour, pattern}]; pattern: null | "titik" | "arsir" | "silang"
 *   near     codes of villages to zoom to and to name, if not those of the district
 *   coats    address of {name of an indicator: {classes, values, legend}}; with them the map is repainted as soon as an
 *            indicator is chosen in the box of the page around, and the answer of the server finds it done
 *   labels   words to stand on each unit, at its place t, for a layer of areas larger than villages; they can be clicked
 * A click answers Streamlit with {village | district, n}; n grows, so that the same place can be clicked twice.
 */
(() => {
  "use strict";
  const PATTERNS = {
    titik: '<circle cx="3" cy="3" r="1" fill="#8a8a8a"/>',
    arsir: '<path d="M-2 2L2-2M0 8L8 0M6 10L10 6" stroke="#4d4d4d" stroke-width="1.2"/>',
    silang: '<path d="M0 8L8 0M0 0L8 8" stroke="#a5a5a5" stroke-width="1"/>',
  };
  const escapeHtml = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

  const data = document.getElementById("kkb-awal-data");
  const early = data && JSON.parse(data.textContent);
  const cover = (page) => page.getElementById("kkb-awal");

  let map, options, layers, state, shown, moved = false, clicks = 0, channel, quiet = false;
  const units = [], labels = [], names = [];

  const ring = (deltas) => {
    const points = [];
    let lat = 0, lon = 0;
    for (let i = 0; i < deltas.length; i += 2) {
      lat += deltas[i];
      lon += deltas[i + 1];
      points.push([lat / 1e4, lon / 1e4]);
    }
    return points;
  };
  const rings = (shape) => shape.map((polygon) => polygon.map(ring));

  /* In the first paint there is no Streamlit yet: a click asks for the page of the place. */
  const visit = (what) => {
    const query = new URLSearchParams(window.location.search);
    query.delete("desa");
    if (what.village) query.set("desa", what.village);
    else query.set("kecamatan", what.district);
    window.location.href = `${early.page}?${query}`;
  };
  const answer = (what) => (early ? visit(what) : window.Streamlit.setComponentValue({ ...what, n: ++clicks }));

  const fit = () => {
    const box = state && state.near
      ? state.near.flatMap((code) => layers.batas[code])
      : (state && state.district && layers.batas[state.district]) || layers.batas.semua;
    quiet = true;
    map.fitBounds(box, { animate: false, padding: [6, 6] });
    quiet = false;
  };

  const addPatterns = (svg) => {
    const defs = document.createElementNS("http://www.w3.org/2000/svg", "defs");
    (state.legend || []).forEach((entry, i) => {
      if (!entry.pattern) return;
      defs.innerHTML += `<pattern id="kkb-${i}" width="8" height="8" patternUnits="userSpaceOnUse">` +
        `<rect width="8" height="8" fill="${entry.colour}"/>${PATTERNS[entry.pattern]}</pattern>`;
    });
    const old = svg.querySelector("defs");
    if (old) old.remove();
    svg.prepend(defs);
  };

  const words = (text, style) =>
    L.divIcon({ className: `kkb-label ${style}`, html: `<span>${escapeHtml(text)}</span>`, iconSize: [0, 0] });

  const label = (at, text, style, onClick) => {
    const icon = words(text, style);
    const marker = L.marker(at, { icon, keyboard: Boolean(onClick), interactive: Boolean(onClick), title: "" });
    labels.push(marker.addTo(map));
    if (onClick) marker.on("click", onClick).getElement().setAttribute("aria-label", text.replaceAll("\n", ", "));
    return marker;
  };

  /* Labels at the edge are moved in, and those that would lie on one already placed stay hidden until the map is
   * closer; kecamatan come first. */
  const thinLabels = () => {
    const edge = map.getContainer().getBoundingClientRect(), view = map.getBounds(), placed = [];
    const found = [...labels].reverse().map((marker) => ({ element: marker.getElement(), at: marker.getLatLng() }));
    found.forEach(({ element }) => { element.firstChild.style.translate = ""; });
    found.forEach((label) => { label.box = label.element.firstChild.getBoundingClientRect(); });
    found.forEach(({ element, at, box }) => {
      const inward = view.contains(at) ? Math.max(0, edge.left + 2 - box.left) - Math.max(0, box.right - edge.right + 2) : 0;
      const left = box.left + inward, right = box.right + inward;
      const free = placed.every((p) =>
        right < p.left || left > p.right || box.bottom < p.top + 8 || box.top > p.bottom - 8);
      element.style.visibility = free ? "" : "hidden"; // nor can it be reached by keyboard
      element.firstChild.style.translate = inward ? `${inward}px` : "";
      if (free) placed.push({ left, right, top: box.top, bottom: box.bottom });
    });
  };

  const tooltip = (i) => () => {
    const unit = layers.unit[i];
    const entry = state && state.legend[parseInt(state.classes[i], 36)];
    const text = state && state.values ? state.values.split("|")[i] : "";
    const value = text ? ` (${escapeHtml(text)})` : "";
    const words = entry ? `<br>${escapeHtml(entry.label)}${value}` : "";
    const where = unit.c ? `, ${escapeHtml(options.texts.district.replace("{name}", unit.c))}` : "";
    return `<span class="kkb-keterangan"><b>${escapeHtml(unit.n)}</b>${where}${words}</span>`;
  };

  const isInside = (unit) => state.near ? state.near.includes(unit.k) : !state.district || unit.k.startsWith(state.district);

  const villageLabels = L.layerGroup();
  const nameVillages = () => {
    villageLabels.clearLayers();
    if (options.view === "petak" || !state || !(state.district || state.near)) return;
    layers.unit.forEach((unit, i) => {
      if (!isInside(unit)) return;
      L.marker(units[i].getCenter(), { icon: words(unit.n, "kkb-desa"), interactive: false }).addTo(villageLabels);
    });
  };

  /* Words on areas; those on larger ones come first where there is no room for all. */
  const areaLabels = [];
  const size = (code) => {
    const [[south, west], [north, east]] = layers.batas[code];
    return (north - south) * (east - west);
  };
  const nameAreas = () => {
    areaLabels.splice(0).forEach((marker) => {
      labels.splice(labels.indexOf(marker), 1);
      marker.remove();
    });
    const texts = state.labels || [];
    const order = [...texts.keys()].sort((a, b) => size(layers.unit[a].k) - size(layers.unit[b].k));
    order.forEach((i) => {
      const { k, t } = layers.unit[i];
      areaLabels.push(label(t, texts[i], "kkb-wilayah", () => answer({ village: k })));
    });
  };

  let worn;
  const apply = () => {
    if (!layers || !state) return;
    const look = JSON.stringify([state.classes, state.legend, state.village, state.district, state.near, state.labels]);
    if (look === worn) return;
    worn = look;
    const svg = map.getPane("overlayPane").querySelector("svg");
    if (svg) addPatterns(svg);
    layers.unit.forEach((unit, i) => {
      const index = parseInt(state.classes[i], 36);
      const entry = state.legend[index];
      const inside = isInside(unit);
      const chosen = unit.k === state.village;
      units[i].setStyle({
        fillColor: entry ? (entry.pattern ? `url(#kkb-${index})` : entry.colour) : "#ffffff",
        fillOpacity: inside ? 0.88 : 0.18,
        weight: chosen ? 4 : 0.8,
        opacity: inside ? 1 : 0.4,
      });
      units[i].getElement().classList.toggle("kkb-terpilih", chosen);
      if (chosen) units[i].bringToFront();
    });
    labels.forEach((marker) => {
      if (!marker.district) return;
      marker.getElement().style.display = state.near || marker.district === state.district ? "none" : "";
    });
    const place = String(state.near || state.district);
    if (shown !== place) {
      shown = place;
      nameVillages();
      moved = false;
      fit();
    }
    nameAreas();
    if (areaLabels.length) thinLabels();
  };

  /* A village is marked at once, and the answer of the server finds it done. */
  const choose = (village) => {
    if (state && !state.labels) state = { ...state, village };
    apply();
    answer({ village });
  };

  const draw = (data) => {
    layers = data;
    data.latar.forEach((back) => {
      L.polyline(back.g.map(ring), { interactive: false, className: "kkb-tetangga", weight: 1 }).addTo(map);
      label(back.t, back.n, "kkb-jauh");
    });
    data.unit.forEach((unit, i) => {
      const shape = L.polygon(rings(unit.g), { className: "kkb-unit", weight: 0.8, fillColor: "#ffffff", fillOpacity: 0.5 });
      shape.on("click", (event) => {
        L.DomEvent.stopPropagation(event);
        choose(unit.k);
      });
      shape.bindTooltip(tooltip(i), { sticky: true, opacity: 0.95 });
      units.push(shape.addTo(map));
      shape.getElement().kkbPlace = i;
      if (options.view === "petak") {
        const icon = words(unit.n, "kkb-petak");
        names.push(L.marker(shape.getBounds().getCenter(), { icon, interactive: false }).addTo(map));
      }
    });
    data.garis.forEach((district) => {
      if (district.g.length) {
        L.polygon(rings(district.g), { interactive: false, fill: false, className: "kkb-batas", weight: 1.8 }).addTo(map);
      }
      const style = options.view === "petak" ? "kkb-kiri" : "";
      label(district.t, district.n, style, () => answer({ district: district.k })).district =
        options.view === "peta" ? district.k : null;
    });
    villageLabels.addTo(map);
    fit();
    apply();
    const tidy = options.view === "peta" ? thinLabels : sizeNames;
    map.on("zoomend resize", tidy);
    // A style sheet may come after the script, and names are wider with it.
    document.querySelectorAll("link[rel=stylesheet]").forEach((link) => link.addEventListener("load", tidy));
    tidy();
    if (!early && cover(window.parent.document)) cover(window.parent.document).remove();
  };

  /* Names on tiles are shown only where they can be read. */
  const sizeNames = () => {
    const box = units[0].getBounds();
    const width = map.latLngToContainerPoint(box.getNorthEast()).x - map.latLngToContainerPoint(box.getNorthWest()).x;
    names.forEach((name) => {
      const span = name.getElement().firstChild;
      span.style.width = `${Math.floor(width - 2)}px`;
      span.style.display = width < 44 ? "none" : "";
    });
  };

  const syncView = () => {
    channel = new BroadcastChannel(options.channel);
    map.on("moveend", () => {
      if (!quiet) channel.postMessage({ centre: map.getCenter(), zoom: map.getZoom() });
    });
    channel.onmessage = ({ data }) => {
      quiet = true;
      map.setView(data.centre, data.zoom, { animate: false });
      quiet = false;
    };
  };

  /* A printed frame is narrower than on screen, and is not drawn again for it: shrink the map before, mend it after. */
  const PAPER_WIDTH = "264px";
  let onScreen;
  const fitPaper = ({ matches }) => {
    if (!layers) return;
    const view = map.getBounds();
    if (matches) onScreen = [map.getCenter(), map.getZoom()];
    map.getContainer().style.width = matches ? PAPER_WIDTH : "";
    quiet = true;
    map.invalidateSize({ animate: false });
    if (!moved) fit();
    else if (matches) map.fitBounds(view, { animate: false });
    else map.setView(...onScreen, { animate: false });
    quiet = false;
  };

  /* Coats of all indicators, and the choice of one in the box of the page around this frame. */
  let coats = {}, coatsFrom;
  const fetchCoats = (address) => {
    if (!address || address === coatsFrom) return;
    coatsFrom = address;
    coats = {};
    const ask = () => fetch(address).then((reply) => (reply.ok ? reply.json() : {})).then((all) => {
      if (address === coatsFrom) coats = all;
    });
    (window.requestIdleCallback || setTimeout)(ask);
  };
  /* Until the title above says so, the map names what it shows. */
  const tell = (name) => {
    if (!map) return;
    const told = map.getContainer().querySelector(".kkb-nama");
    if (told) told.remove();
    if (!name) return;
    const words = L.DomUtil.create("div", "kkb-nama", map.getContainer());
    words.textContent = name;
  };
  const wear = (name) => {
    if (!state || options.channel || !coats[name]) return;
    state = { ...state, ...coats[name] };
    apply();
    tell(name);
  };
  const watchBox = () => {
    const page = window.parent.document;
    const box = () => page.querySelector(`[role="combobox"][aria-expanded="true"][aria-label="${options.texts.box}"]`);
    const click = (event) => {
      const option = event.target.closest && event.target.closest('[role="option"]');
      const open = option && box();
      if (open && option.id.startsWith(open.getAttribute("aria-controls"))) wear(option.textContent);
    };
    const key = (event) => {
      const open = event.key === "Enter" && box();
      const option = open && page.getElementById(open.getAttribute("aria-activedescendant"));
      if (option) wear(option.textContent);
    };
    const heard = { click, keydown: key };
    for (const [event, hear] of Object.entries(heard)) page.body.addEventListener(event, hear, true);
    window.addEventListener("pagehide", () => {
      for (const [event, hear] of Object.entries(heard)) page.body.removeEventListener(event, hear, true);
    });
  };

  /* Streamlit names the frame of a component after its package. */
  const nameFrame = (texts) => {
    if (window.frameElement) window.frameElement.title = texts.frame;
    document.documentElement.lang = texts.language;
    document.title = texts.frame;
  };

  /* The frame is as light or dark as the page around it, and takes the colours of the surface from there. */
  const followPage = () => {
    const page = window.parent.document;
    const tones = page.getElementById("kkb-rupa");
    const app = page.querySelector(".stApp");
    if (!tones || !app) return;
    document.head.append(tones.cloneNode(true));
    const scheme = () => { document.documentElement.style.colorScheme = window.parent.getComputedStyle(app).colorScheme; };
    const watch = new MutationObserver(scheme);
    watch.observe(app, { attributeFilter: ["class"] });
    window.addEventListener("pagehide", () => watch.disconnect());
    scheme();
  };
  if (!early) followPage();

  window.kkb = {
    start(leafletMap, given) {
      map = leafletMap;
      options = given;
      /* Leaflet takes the focus at the first touch; the page around must not scroll then, away from under the finger. */
      const container = map.getContainer(), focus = container.focus.bind(container);
      container.focus = () => focus({ preventScroll: true });
      map.attributionControl.setPrefix(false).addAttribution(escapeHtml(options.texts.attribution));
      L.control.zoom({ position: "topright", zoomInTitle: options.texts.zoomIn, zoomOutTitle: options.texts.zoomOut }).addTo(map);
      if (options.view === "peta") L.control.scale({ imperial: false }).addTo(map);
      if (!early) nameFrame(options.texts);
      map.on("dragstart zoomstart", () => { moved = moved || !quiet; });
      map.on("resize", () => { if (layers && !moved) fit(); });
      window.matchMedia("print").addEventListener("change", fitPaper);
      if (options.channel) syncView();
      else if (!early) watchBox();
      const done = () => { if (early) dispatchEvent(new Event("kkb-selesai")); }; // muat.js hears it
      fetch(options.url).then((reply) => reply.json()).then(draw).finally(() => setTimeout(done));
    },
    paint(next) {
      state = next;
      apply();
      tell("");
      fetchCoats(next.coats);
    },
  };

  /* The first paint, see kkb/ui/awal.py. The real map takes it away; so does a page that has a message instead. */
  if (early) {
    const crs = early.options.view === "peta" ? L.CRS.EPSG3857 : L.CRS.Simple;
    const shape = { zoomControl: false, crs, zoomSnap: 0.25, zoomDelta: 0.5, minZoom: 2 };
    window.kkb.start(L.map("kkb-awal-peta", shape).setView([-1.9, 115.5], 9), early.options);
    window.kkb.paint(early.state);
    const root = document.getElementById("root");
    const watch = new MutationObserver(() => {
      const message = root.querySelector('[data-testid="stAlert"]');
      if (!message && !root.querySelector("h1")) return;
      watch.disconnect();
      setTimeout(() => cover(document) && cover(document).remove(), message ? 500 : 20000);
    });
    watch.observe(root, { childList: true, subtree: true });
  }
})();
