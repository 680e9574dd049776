/* Streamlit's scripts: a page with a first paint holds them back in a template until that is drawn, so that they do not
 * compete with it for line and processor. They come in any case, also where the map or what draws it is missing; so
 * this stands in the page itself. */
(() => {
  "use strict";
  // Where the server is; else Streamlit asks below the address of the page first, and waits before it asks here.
  window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href };
  const LATEST = 10_000;
  const bring = () => {
    const held = document.getElementById("kkb-muat");
    if (!held) return;
    held.remove();
    document.head.append(held.content);
  };
  addEventListener("kkb-selesai", bring); // says peta.js
  addEventListener("load", () => setTimeout(bring, window.kkb ? LATEST : 0));
})();
