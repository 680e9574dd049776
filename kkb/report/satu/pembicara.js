/* The speaker's window: what is on screen, what to say, what comes next. It is drawn by the first window, so it works
 * where a second file could not be opened, and its keys do the same as in the first. */
let speaker = null;

const openSpeaker = (onKey) => {
  speaker = window.open("", "kkb-pembicara", "width=760,height=640");
  if (!speaker) return false;
  const doc = speaker.document;
  clear(doc.body);
  clear(doc.head);
  doc.documentElement.lang = pack.language;
  doc.documentElement.className = "js pembicara";
  doc.title = words.speaker;
  const style = doc.createElement("style");
  style.textContent = document.getElementById("gaya").textContent;
  doc.head.appendChild(style);
  doc.onkeydown = onKey;
  return true;
};

const tellSpeaker = (sheet, place, next) => {
  if (!speaker || speaker.closed) return;
  const items = (list) => html("ul", null, list.map((text) => html("li", null, text)));
  append(clear(speaker.document.body), [html("main", { class: "pembicara" },
    html("p", { class: "bagian" }, place, pack.minutes ? html("span", { class: "waktu" }, timeTold()) : null),
    html("h1", null, sheet.title),
    html("h2", null, words.notes), sheet.notes.length ? items(sheet.notes) : html("p", null, words.noNotes),
    html("h2", null, words.onScreen), items(sheet.points),
    html("h2", null, words.nextSheet), html("p", null, next ? next.title : words.lastSheet),
    html("p", { class: "sumber" }, sheet.source))]);
};
const tickSpeaker = () => {
  const place = speaker && !speaker.closed && speaker.document.querySelector(".waktu");
  if (place) place.textContent = timeTold();
};
