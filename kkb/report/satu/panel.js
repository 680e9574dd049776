/* The panel at the side: the agenda and the list of villages to look one up in. */
const isSmall = () => window.matchMedia("(max-width: 60rem)").matches || look.isShow;
const panel = () => node("sisi");

const setPanel = (isOpen) => {
  root.classList.toggle("sisi-buka", isOpen && isSmall());
  if (!isSmall()) root.classList.toggle("sisi-tutup", !isOpen);
  node("menu").setAttribute("aria-expanded", String(isPanelOpen()));
  fitAgain();
};
const isPanelOpen = () => (isSmall() ? root.classList.contains("sisi-buka") : !root.classList.contains("sisi-tutup"));
const closePanel = () => {
  if (isSmall() && isPanelOpen()) setPanel(false);
};

const follow = (act) => (event) => {
  event.preventDefault();
  act();
};
const agendaList = () => {
  const parts = [];
  agenda.forEach((key, n) => {
    const sheet = pack.sheets[key];
    const last = parts[parts.length - 1];
    const item = html("li", null, html("a", {
      href: "#" + encodeURI(key), "data-langkah": n, onclick: follow(() => {
        closePanel();
        step(n);
      }),
    }, html("span", { class: "nomor" }, n + 1), html("span", null, sheet.title)));
    if (last && last.part === sheet.part) last.items.push(item);
    else parts.push({ part: sheet.part, items: [item] });
  });
  return parts.map(({ part, items }) => html("section", null, html("h3", null, pack.parts[part]), html("ol", null, items)));
};
const markAgenda = () => {
  [].forEach.call(panel().querySelectorAll("[data-langkah]"), (link) => {
    const isHere = Number(link.getAttribute("data-langkah")) === at.step;
    if (!isHere) link.removeAttribute("aria-current");
    else {
      link.setAttribute("aria-current", at.isDetour ? "true" : "step");
      const box = node("daftar-agenda"), row = link.parentNode;
      const top = row.offsetTop - box.offsetTop;
      if (top < box.scrollTop || top + row.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top - box.clientHeight / 3;
    }
  });
};

/* Letters and digits only, so that 'pulau kuu' finds "Pulau Ku'u". */
const bare = (text) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
const villageList = () => units.filter((unit) => pack.villages.indexOf(unit.code) >= 0).map((unit) => ({
  text: bare(unit.name + unit.district) + " " + unit.code,
  node: html("li", null, html("a", { href: "#desa/" + unit.code, onclick: follow(() => openVillage(unit.code)) },
    html("b", null, unit.name), " " + say("district", { name: unit.district }))),
}));

/* A kecamatan comes before the villages, by its name alone; other sheets come after them, by their title. */
const sheetList = () => pack.found.map((sheet) => {
  const unit = sheet.district && units.filter((one) => one.code.indexOf(sheet.district) === 0)[0];
  return {
    isFirst: Boolean(unit),
    text: bare(unit ? unit.district : sheet.title),
    node: html("li", null, html("a", { href: "#" + encodeURI(sheet.key), onclick: follow(() => openAside(sheet.key)) },
      html("b", null, unit ? say("district", { name: unit.district }) : sheet.title), unit ? null : " " + pack.parts[sheet.part])),
  };
});

const search = () => {
  const sheets = sheetList();
  const all = sheets.filter((one) => one.isFirst).concat(
    villageList().sort((a, b) => order(a.text, b.text)), sheets.filter((one) => !one.isFirst));
  const list = node("daftar-desa"), found = node("jumlah");
  const input = node("cari");
  append(list, all.map((one) => one.node));
  const narrow = () => {
    const asked = bare(input.value);
    const shown = all.filter((one) => {
      one.node.hidden = one.text.indexOf(asked) < 0;
      return !one.node.hidden;
    });
    found.textContent = say("found", { n: shown.length });
    return shown;
  };
  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (event) => {
    const shown = event.key === "Enter" || event.key === "ArrowDown" ? narrow() : [];
    if (!shown.length) return;
    event.preventDefault();
    const link = shown[0].node.firstChild;
    if (event.key === "Enter") {
      link.click();
      node("lembar").querySelector("h1").focus();
    } else link.focus();
  });
  list.addEventListener("keydown", (event) => {
    const forwards = event.key === "ArrowDown";
    if (!forwards && event.key !== "ArrowUp") return;
    event.preventDefault();
    let row = document.activeElement.parentNode;
    do row = forwards ? row.nextSibling : row.previousSibling;
    while (row && row.hidden);
    (row ? row.firstChild : input).focus();
  });
  narrow();
};

const tab = (name) => {
  ["agenda", "desa"].forEach((one) => {
    node("pilih-" + one).setAttribute("aria-pressed", String(one === name));
    node("bagian-" + one).hidden = one !== name;
  });
};
const lookUp = () => {
  setPanel(true);
  tab("desa");
  node("cari").focus();
  node("cari").select();
};
