/* Keys, swipes, buttons, paper; and the start. */
const printed = { keys: null };
const paper = () => {
  const keys = printed.keys || agenda;
  const box = clear(node("cetak"));
  const zoom = look.zoom;
  look.zoom = 1;
  keys.forEach((key) => {
    const one = draw(find(key), null);
    box.appendChild(html("section", { class: "halaman" }, one.node, html("p", { class: "tanda" }, pack.title + " · " + pack.stamp)));
    one.ready();
  });
  look.zoom = zoom;
};
const print = (keys) => {
  printed.keys = keys;
  paper();
  window.print();
};

const fitAgain = () => {
  if (!drawn) return;
  dress();
  drawn.ready();
};
const toggleNotes = () => {
  hasNotes = !hasNotes;
  node("tombol-catatan").setAttribute("aria-pressed", String(hasNotes));
  notesBox(find(at.key));
};
const showTime = () => {
  node("waktu").textContent = timeTold();
  tickSpeaker();
};
const toggleTimer = () => {
  if (!pack.minutes) return;
  runTimer(timer.begun === null);
  showTime();
};
const toggleShow = (isShow) => {
  if (isShow && pack.minutes) runTimer(true);
  present(isShow);
  root.classList.remove("sisi-buka");
  node("tombol-tayang").setAttribute("aria-pressed", String(isShow));
  fitAgain();
};
const speakerWindow = () => {
  if (openSpeaker(onKey)) speakerNow();
  else node("kabar").textContent = words.speakerBlocked;
};
const changeTheme = () => { node("kabar").textContent = nextTheme(); };
const changeSize = (factor) => {
  enlarge(factor);
  fitAgain();
};
const escape = () => {
  if (isSmall() && isPanelOpen()) {
    setPanel(false);
    node("menu").focus();
  } else if (at.isDetour) back();
  else if (look.isShow) toggleShow(false);
};
const onMap = (act) => () => drawn.map && act(drawn.map);
const pan = (x, y) => onMap((map) => map.move(x * 60, y * 60));

const KEYS = {
  ArrowRight: forward, PageDown: forward, " ": forward, ArrowLeft: backward, PageUp: backward, "S ": backward,
  Home: () => step(0), End: () => step(agenda.length - 1), Backspace: back, Escape: escape,
  f: () => toggleShow(!look.isShow), n: toggleNotes, w: speakerWindow, t: changeTheme, p: toggleTimer, m: () => setPanel(!isPanelOpen()),
  d: lookUp, "/": lookUp, "[": () => changeSize(1 / 1.15), "]": () => changeSize(1.15), "?": () => help(),
  "+": onMap((map) => map.zoom(1.5)), "=": onMap((map) => map.zoom(1.5)), "-": onMap((map) => map.zoom(1 / 1.5)), "0": onMap((map) => map.fit()),
  SArrowLeft: pan(1, 0), SArrowRight: pan(-1, 0), SArrowUp: pan(0, 1), SArrowDown: pan(0, -1),
};
const help = () => {
  setPanel(true);
  node("bantuan").open = true;
  node("bantuan").querySelector("summary").focus();
};
const isPress = (target) => /^(BUTTON|SUMMARY)$/.test(target.tagName);
function onKey(event) {
  const { target, key } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
  if (target.tagName === "INPUT" && key !== "Escape") return;
  if (key === " " && isPress(target)) return;
  if (/^Arrow/.test(key) && target.classList && target.classList.contains("gulir") && target.scrollWidth > target.clientWidth) return;
  const isArrow = /^Arrow| $/.test(key);
  const act = KEYS[event.shiftKey && isArrow ? "S" + key : key.length === 1 ? key.toLowerCase() : key];
  if (!act) return;
  event.preventDefault();
  act();
}

/* A swipe to the side turns the sheet, unless it moves a map or a table. */
const swipes = (main) => {
  let begun = null;
  const isOwn = (target) => {
    const box = target instanceof Element && target.closest(".peta.dekat, .gulir");
    return box && (box.classList.contains("dekat") || box.scrollWidth > box.clientWidth);
  };
  main.addEventListener("touchstart", (event) => {
    const touch = event.touches[0];
    begun = event.touches.length === 1 && !isOwn(event.target) ? [touch.clientX, touch.clientY, Date.now()] : null;
  }, { passive: true });
  main.addEventListener("touchend", (event) => {
    if (!begun) return;
    const touch = event.changedTouches[0];
    const x = touch.clientX - begun[0], y = touch.clientY - begun[1];
    if (Math.abs(x) > 60 && Math.abs(y) < Math.abs(x) / 2 && Date.now() - begun[2] < 800) (x < 0 ? forward : backward)();
    begun = null;
  }, { passive: true });
};

/* A button pressed with the mouse gives the keys back to the talk. */
const press = (id, act) => node(id).addEventListener("click", (event) => {
  act();
  if (event.detail && document.activeElement === node(id)) node(id).blur();
});
const start = () => {
  recall();
  dress();
  append(node("daftar-agenda"), agendaList());
  const key = (() => {
    try {
      return decodeURI(location.hash.slice(1));
    } catch (error) {
      return "";
    }
  })();
  const isVillage = pack.villages.indexOf(key.slice(5)) >= 0 && agenda.indexOf(key) < 0;
  if (!isVillage || !fromAddress(null)) go(agenda.indexOf(key) >= 0 ? key : agenda[0], false);
  const whenRead = () => {
    search();
    if (isVillage && at.key !== key) go(key, true);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", whenRead);
  else whenRead();
  const tools = node("alat");
  const small = window.matchMedia("(max-width: 75rem)");
  const settle = () => (small.matches ? node("sisi").insertBefore(tools, node("sisi").firstChild) : node("atas").appendChild(tools));
  settle();
  if (small.addListener) small.addListener(settle);
  press("menu", () => setPanel(!isPanelOpen()));
  press("tutup", () => setPanel(false));
  press("mundur", backward);
  press("maju", forward);
  press("lompat", () => node("lembar").querySelector("h1").focus());
  press("pilih-agenda", () => tab("agenda"));
  press("pilih-desa", lookUp);
  press("tombol-cari", lookUp);
  press("tombol-tayang", () => toggleShow(!look.isShow));
  press("tombol-catatan", toggleNotes);
  press("tombol-pembicara", speakerWindow);
  press("tombol-tema", changeTheme);
  press("tombol-kecil", () => changeSize(1 / 1.15));
  press("tombol-besar", () => changeSize(1.15));
  press("tombol-cetak", () => print(null));
  press("tombol-cetak-satu", () => print([at.key]));
  if (pack.minutes) {
    node("waktu").hidden = false;
    press("waktu", toggleTimer);
    showTime();
    setInterval(showTime, 1000);
  }
  document.addEventListener("keydown", onKey);
  window.addEventListener("popstate", (event) => fromAddress(event.state));
  window.addEventListener("hashchange", () => fromAddress(history.state));
  window.addEventListener("beforeprint", () => { if (!node("cetak").firstChild) paper(); });
  window.addEventListener("afterprint", () => {
    clear(node("cetak"));
    printed.keys = null;
  });
  ["fullscreenchange", "webkitfullscreenchange"].forEach((name) => document.addEventListener(name, () => {
    if (!isFull() && look.isShow) toggleShow(false);
  }));
  let waiting = null;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(fitAgain, 80);
  });
  swipes(node("lembar"));
};
start();
