/* The frame of every page, see kkb/ui/bingkai.py: the language of the page, and Streamlit's link past the menu, follow
 * the address, which Streamlit writes; the guided start is shown on the first page until it is put away. The colour
 * scheme of the document follows the theme that Streamlit shows, for what Streamlit draws beside its app element. */
(() => {
  "use strict";
  const AWAY = "kkb-mulai";
  const starts = [...document.querySelectorAll(".kkb-mulai")];
  const root = document.currentScript.dataset.akar;
  let away = false;
  try { away = localStorage.getItem(AWAY) !== null; } catch { /* no storage: it comes again at the next visit */ }

  const skip = () => document.querySelector("[data-testid=stSkipToContent]");
  const follow = () => {
    const language = new URLSearchParams(location.search).get("bahasa") === "en" ? "en" : "id";
    document.documentElement.lang = language;
    starts.forEach((start) => {
      const mine = start.lang === language;
      start.hidden = away || !mine || location.pathname !== root;
      if (mine && skip()) skip().firstChild.data = start.dataset.lompat;
    });
  };
  const putAway = () => {
    away = true;
    try { localStorage.setItem(AWAY, "1"); } catch { /* as above */ }
    follow();
  };

  for (const name of ["pushState", "replaceState"]) {
    const write = history[name].bind(history);
    history[name] = (...given) => {
      write(...given);
      follow();
    };
  }
  addEventListener("popstate", follow);
  starts.forEach((start) => {
    start.querySelector("button").addEventListener("click", putAway);
    start.addEventListener("keydown", (event) => { if (event.key === "Escape") putAway(); });
  });
  const watch = new MutationObserver(() => {
    if (!skip()) return;
    watch.disconnect();
    follow();
    const app = document.querySelector(".stApp");
    const scheme = () => { document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme; };
    new MutationObserver(scheme).observe(app, { attributeFilter: ["class"] });
    scheme();
  });
  watch.observe(document.getElementById("root"), { childList: true, subtree: true });
  follow();
})();
