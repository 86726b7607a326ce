// Before the first paint: the chosen theme, or the system's. It is the only thing kept for good.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("signalbox.theme");
  } catch {
    // Storage may be switched off; then the system's theme it is.
  }
  if (chosen === "dark" || chosen === "light") {
    document.documentElement.dataset.theme = chosen;
  }
})();
