/* Which sheet is shown, and everything that changes it: list, keys, swipe, map, address.
 * A village opened from a map or the list is a detour: the step of the agenda waits, and one key returns to it. */
const agenda = pack.agenda;
const at = { step: 0, key: null, isDetour: false };
const node = (id) => document.getElementById(id);
const own = (object, key) => object && Object.prototype.hasOwnProperty.call(object, key);
let others = null, drawn = null, hasNotes = false;

const find = (key) => {
  if (own(pack.sheets, key)) return pack.sheets[key];
  others = others || read("desa");
  return own(others, key) ? others[key] : null;
};

const record = (isPush) => {
  const state = { key: at.key, step: at.step, isDetour: at.isDetour, isPushed: isPush || Boolean(history.state && history.state.isPushed && at.isDetour) };
  const address = "#" + encodeURI(at.key);
  try {
    history[isPush ? "pushState" : "replaceState"](state, "", address);
  } catch (error) {
    location.hash = address;
  }
};

const placeTold = () => say("place", { n: at.step + 1, total: agenda.length });

const notesBox = (sheet) => {
  const box = clear(node("catatan"));
  box.hidden = !hasNotes;
  if (hasNotes) append(box, [html("h2", null, words.notes), sheet.notes.length ? html("ul", null, sheet.notes.map((n) => html("li", null, n))) : html("p", null, words.noNotes)]);
};

const render = (sheet) => {
  const main = node("lembar");
  const hadFocus = main.contains(document.activeElement);
  drawn = draw(sheet, openVillage);
  clear(main);
  if (at.isDetour) {
    main.appendChild(html("p", { class: "kembali" }, html("button", { type: "button", onclick: back },
      "← " + say("back", { n: at.step + 1, title: pack.sheets[agenda[at.step]].title })), html("kbd", null, "Backspace")));
  }
  main.appendChild(drawn.node);
  notesBox(sheet);
  drawn.ready();
  if (hadFocus) main.querySelector("h1").focus();
  window.scrollTo(0, 0);
};

const show = (sheet) => {
  render(sheet);
  const place = placeTold();
  node("tempat").textContent = at.isDetour ? "(" + place + ")" : place;
  node("mundur").disabled = !at.isDetour && at.step === 0;
  node("maju").disabled = at.step === agenda.length - 1;
  node("kabar").textContent = at.isDetour ? sheet.title : place + ": " + sheet.title;
  document.title = sheet.title + " · " + pack.title;
  markAgenda();
  speakerNow();
};
const speakerNow = () => tellSpeaker(find(at.key), placeTold(), pack.sheets[agenda[at.step + (at.isDetour ? 0 : 1)]]);

/* Show a sheet, as the step of the agenda that it is or as a detour. */
const go = (key, isDetour) => {
  const sheet = find(key);
  if (!sheet) return false;
  const isPush = isDetour && !at.isDetour && at.key !== null;
  if (!isDetour) at.step = agenda.indexOf(key);
  at.key = key;
  at.isDetour = isDetour;
  record(isPush);
  show(sheet);
  return true;
};
const openAside = (key) => {
  closePanel();
  if (key !== at.key) go(key, true);
};
const openVillage = (code) => openAside("desa/" + code);
const step = (n) => go(agenda[Math.min(Math.max(n, 0), agenda.length - 1)], false);
const back = () => {
  if (!at.isDetour) return;
  if (history.state && history.state.isPushed) history.back();
  else step(at.step);
};
const forward = () => { if (at.isDetour || at.step < agenda.length - 1) step(at.step + 1); };
const backward = () => { if (at.isDetour) back(); else if (at.step > 0) step(at.step - 1); };

/* The address was typed, or brought back by the browser. */
const fromAddress = (state) => {
  let key = "";
  try {
    key = decodeURI(location.hash.slice(1));
  } catch (error) { /* No key then. */ }
  if (key === at.key && (!state || state.isDetour === at.isDetour)) return true;
  if (state && find(state.key)) {
    Object.assign(at, { key: state.key, step: state.step, isDetour: state.isDetour });
    show(find(state.key));
    return true;
  }
  return agenda.indexOf(key) >= 0 ? go(key, false) : go(key, true);
};
