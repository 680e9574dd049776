/* Parts of a page that could not be fetched while the line was bad: nothing asks for them again, so the page is loaded
 * anew once the server answers; not for ever, should the server never have them. This stands in the page itself,
 * since a file of its own could be the part that is missing. */
(() => {
  "use strict";
  const PARTS = /\/(static|aset|lapisan|component)\//, TRIES = "kkb-muat-ulang", MOST = 5, WITHIN = 600_000, EVERY = 1000;
  let asking = 0;
  const tries = () => JSON.parse(sessionStorage.getItem(TRIES) || "[]").filter((time) => Date.now() - time < WITHIN);
  const ask = async () => {
    const answer = await fetch(new URL("_stcore/health", document.baseURI), { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return;
    clearInterval(asking);
    sessionStorage.setItem(TRIES, JSON.stringify([...tries(), Date.now()]));
    location.reload();
  };
  const again = () => {
    if (asking || tries().length >= MOST) return;
    asking = setInterval(ask, EVERY);
    document.documentElement.dataset.putus = ""; // bingkai.js tells the reader
  };
  // Of parts without an answer; then of those cut off in the middle: what the app loads later, and the page's own.
  const isMissing = (part) => part.responseStatus === 0 && PARTS.test(part.name) && part.name.startsWith(location.origin);
  new PerformanceObserver((seen) => seen.getEntries().some(isMissing) && again()).observe({ type: "resource", buffered: true });
  addEventListener("vite:preloadError", again);
  addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && again(), true);
})();
