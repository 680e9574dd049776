/* Parts of a page that could not be fetched while the line was bad: nothing asks for them again, so the page is loaded
 * anew once the server answers; not for ever, should the server never have them. This stands in the page itself,
 * since a file of its own could be the part that is missing. */
(() => {
  "use strict";
  const PARTS = /\/(static|aset|lapisan|component)\//, TRIES = "kkb-muat-ulang", MOST = 5, WITHIN = 600_000, EVERY = 1000;
  let asking = 0;
  const tries = () => JSON.parse(sessionStorage.getItem(TRIES) || "[]").filter((time) => Date.now() - time < WITHIN);
  const isAnswered = async () => {
    const answer = await fetch(new URL("_stcore/health", document.baseURI), { cache: "no-store" }).catch(() => null);
    return Boolean(answer?.ok);
  };
  const ask = async () => {
    if (!(await isAnswered())) return;
    clearInterval(asking);
    sessionStorage.setItem(TRIES, JSON.stringify([...tries(), Date.now()]));
    location.reload();
  };
  const again = () => {
    if (asking || tries().length >= MOST) return;
    asking = setInterval(ask, EVERY);
    document.documentElement.dataset.putus = ""; // bingkai.js tells the reader
  };
  addEventListener("vite:preloadError", again); // what the app loads later
  addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && again(), true);
  // Maps and their layers fail without an event. One that a reader left before it was there looks the same, so ask.
  const isMissing = (part) => part.responseStatus === 0 && PARTS.test(part.name) && part.name.startsWith(location.origin);
  new PerformanceObserver(async (seen) => {
    if (!asking && seen.getEntries().some(isMissing) && !(await isAnswered())) again();
  }).observe({ type: "resource", buffered: true });
})();
