/* How the reader wants to see it: theme, size of letters, full screen; kept on this device where that is allowed. */
const THEMES = ["terang", "proyektor", "gelap"];
const look = { zoom: 1, size: 1, theme: "terang", isShow: false };
const root = document.documentElement;

const keep = () => {
  try {
    localStorage.setItem("kkb-rapat", JSON.stringify([look.size, look.theme]));
  } catch (error) { /* A file from a phone's viewer may not keep anything. */ }
};
const recall = () => {
  try {
    const [size, theme] = JSON.parse(localStorage.getItem("kkb-rapat") || "[]");
    if (size >= 0.7 && size <= 2) look.size = size;
    if (THEMES.indexOf(theme) >= 0) look.theme = theme;
  } catch (error) { /* As above. */ }
};

const dress = () => {
  look.zoom = look.size * (look.isShow ? Math.min(Math.max(window.innerWidth / 1180, 1), 2.5) : 1);
  root.style.fontSize = Math.round(look.zoom * 1000) / 10 + "%";
  root.setAttribute("data-tema", look.theme);
  root.classList.toggle("tayang", look.isShow);
};
const enlarge = (factor) => {
  look.size = factor ? Math.round(Math.min(Math.max(look.size * factor, 0.7), 2) * 100) / 100 : 1;
  keep();
  dress();
};
const nextTheme = () => {
  look.theme = THEMES[(THEMES.indexOf(look.theme) + 1) % THEMES.length];
  keep();
  dress();
  return words["theme_" + look.theme];
};

const isFull = () => document.fullscreenElement || document.webkitFullscreenElement;
const fullScreen = (isWanted) => {
  const ask = isWanted ? root.requestFullscreen || root.webkitRequestFullscreen : document.exitFullscreen || document.webkitExitFullscreen;
  if (!ask || Boolean(isFull()) === isWanted) return;
  const done = ask.call(isWanted ? root : document);
  if (done && done.catch) done.catch(() => {});
};
const present = (isShow) => {
  look.isShow = isShow;
  dress();
  fullScreen(isShow);
};
