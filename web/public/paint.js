// Runs before the first paint, so that nobody who chose dark is dazzled by a white flash.
(() => {
  let look = {};
  try {
    look = JSON.parse(localStorage.getItem("zhike.look") ?? "{}");
  } catch {}
  const dark =
    look.theme === "dark" ||
    (look.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  if (look.size === "large") document.documentElement.dataset.size = "large";
})();
