/* The frame of every page, see kkb/ui/bingkai.py: the language of the page, and Streamlit's link past the menu, follow
 * the address, which Streamlit writes; the guided start is shown on the first page until it is put away; a notice says when
 * the server cannot be reached. The colour scheme of the document follows the theme that Streamlit shows, for what Streamlit draws beside its app element. */
(() => {
  "use strict";
  const AWAY = "kkb-mulai";
  const starts = [...document.querySelectorAll(".kkb-mulai")];
  const notices = [...document.querySelectorAll(".kkb-putus")];
  const LATE = 1000; // a line that is back within this time [ms] is nobody's business
  const root = document.currentScript.dataset.akar;
  let away = false, isLost = false, late = 0;
  try { away = localStorage.getItem(AWAY) !== null; } catch { /* no storage: it comes again at the next visit */ }

  const skip = () => document.querySelector("[data-testid=stSkipToContent]");
  const follow = () => {
    const language = new URLSearchParams(location.search).get("bahasa") === "en" ? "en" : "id";
    document.documentElement.lang = language;
    notices.forEach((notice) => { notice.textContent = isLost && notice.lang === language ? notice.dataset.kata : ""; });
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
  /* In print browsers prefer light, and Streamlit follows in time; only its figures are redrawn too late. So what is
   * drawn in the ink or on the ground of a dark page is turned over for the sheet, and colours of data stay. */
  const PLAIN = ["rgb(255, 255, 255)", "rgb(27, 27, 27)"];
  let turned = [], printing = false;
  addEventListener("beforeprint", () => {
    printing = true;
    if (document.documentElement.style.colorScheme !== "dark") return;
    document.querySelectorAll(".js-plotly-plot .main-svg *").forEach((shape) => {
      for (const way of ["fill", "stroke"]) {
        const drawn = shape.style[way];
        const parts = PLAIN.includes(drawn) ? [] : (drawn.match(/^rgb\((\d+), (\d+), (\d+)\)$/) || []).slice(1).map(Number);
        const fresh = !parts.length ? "" : parts.every((p) => p > 225) ? PLAIN[1] : parts.every((p) => p < 48) ? PLAIN[0] : "";
        if (!fresh) continue;
        turned.push([shape, way, drawn]);
        shape.style[way] = fresh;
      }
    });
  });
  addEventListener("afterprint", () => {
    printing = false;
    turned.forEach(([shape, way, drawn]) => { shape.style[way] = drawn; });
    turned = [];
  });
  const lose = (lost) => {
    clearTimeout(late);
    isLost = lost;
    follow();
  };
  addEventListener("message", (event) => {
    if (event.source !== window || event.data?.stCommVersion !== 1) return;
    if (event.data.type === "WEBSOCKET_CONNECTED") lose(false);
    if (event.data.type === "WEBSOCKET_DISCONNECTED") late = setTimeout(lose, LATE, true);
  });
  const missing = () => { if ("putus" in document.documentElement.dataset) lose(true); }; // says ulang.js
  new MutationObserver(missing).observe(document.documentElement, { attributeFilter: ["data-putus"] });
  missing();
  /* Streamlit's own box about it is in English and covers what can still be read. Once closed it stays away. */
  new MutationObserver(() => {
    const box = document.querySelector("[data-testid=stDialog]");
    if (!box?.textContent.includes("Connection error")) return;
    lose(true);
    box.style.display = "none";
    box.querySelector("button[aria-label]").click();
  }).observe(document.body, { childList: true });
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
    const shown = () => getComputedStyle(app).colorScheme;
    const scheme = () => {
      const before = document.documentElement.style.colorScheme;
      document.documentElement.style.colorScheme = shown();
      if (!before || before === shown() || printing || !document.querySelector(".js-plotly-plot")) return;
      // Streamlit leaves figures in the colours they were drawn in; the address holds all there is to keep.
      setTimeout(() => { if (!printing && before !== shown()) location.reload(); }, 500);
    };
    new MutationObserver(scheme).observe(app, { attributeFilter: ["class"] });
    scheme();
  });
  watch.observe(document.getElementById("root"), { childList: true, subtree: true });
  follow();
})();
