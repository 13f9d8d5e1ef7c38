/* Wakes the charts: after the reader's first scroll, pointer, touch or key, a chart that comes into view is replaced by
   its live form, drawn from the one local bundle. Without scripts the static pictures stay. */
(function () {
  "use strict";
  const first = ["scroll", "pointerdown", "pointermove", "touchstart", "keydown"];
  let bundle = null;

  function load(address) {
    bundle = bundle || new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = address;
      script.onload = function () { resolve(window.vegaEmbed); };
      script.onerror = reject;
      document.head.append(script);
    });
    return bundle;
  }

  function wake(chart) {
    const shown = [...chart.querySelectorAll(".tr-wide, .tr-narrow")].find((part) => part.offsetParent !== null);
    if (!shown || shown.dataset.live) { return; }
    shown.dataset.live = "waiting";
    load(chart.dataset.bundle).then(function (embed) {
      const still = shown.querySelector(".tr-static");
      const alt = still.querySelector("svg").getAttribute("aria-label");
      const live = document.createElement("div");
      live.className = "tr-live";
      live.style.position = "absolute";
      live.style.visibility = "hidden";
      shown.append(live);
      const spec = JSON.parse(shown.querySelector("script").textContent);
      return embed(live, spec, { renderer: "svg", actions: false, ast: true }).then(function () {
        const svg = live.querySelector("svg");
        if (svg) {
          svg.removeAttribute("width");
          svg.removeAttribute("height");
          svg.setAttribute("role", "img");
          svg.setAttribute("aria-label", alt);
          svg.removeAttribute("aria-roledescription");
          svg.querySelectorAll("[role]").forEach((part) => { part.removeAttribute("role"); part.removeAttribute("aria-roledescription"); part.removeAttribute("aria-label"); });
        }
        const holder = live.querySelector(".chart-wrapper, [role='graphics-document']");
        if (holder) { holder.removeAttribute("role"); holder.removeAttribute("aria-roledescription"); holder.removeAttribute("aria-label"); }
        still.remove();
        live.style.position = "";
        live.style.visibility = "";
        shown.dataset.live = "yes";
      });
    }).catch(function (error) {
      shown.dataset.live = "failed";
      console.warn("A chart stays a picture:", error);
    });
  }

  function start() {
    first.forEach((name) => window.removeEventListener(name, start, true));
    const watch = new IntersectionObserver(function (entries) {
      entries.filter((entry) => entry.isIntersecting).forEach(function (entry) { wake(entry.target); });
    }, { rootMargin: "200px" });
    document.querySelectorAll(".tr-chart").forEach((chart) => watch.observe(chart));
  }

  first.forEach((name) => window.addEventListener(name, start, { capture: true, passive: true }));
})();
