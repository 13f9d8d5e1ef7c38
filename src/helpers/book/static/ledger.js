/* Narrows the ledger to what a reader asks for. The form is hidden until this script runs; without it the ledger stands
   whole. What was asked for is kept in the part of the address after the mark #?, so that it can be sent to somebody. */
(function () {
  "use strict";
  const form = document.querySelector(".tr-filter");
  if (!form) { return; }
  const names = ["article", "chapter", "verdict", "kind", "fidelity"];
  const entries = [...document.querySelectorAll(".tr-claim")];
  const texts = new Map(entries.map((entry) => [entry, entry.textContent.toLowerCase()]));
  const groups = [...document.querySelectorAll(".tr-ledger")].map((ledger) => ledger.closest("section"));
  const output = form.querySelector("output");

  function show() {
    const data = new FormData(form);
    const wanted = names.filter((name) => data.get(name)).map((name) => "tr-" + name + "-" + data.get(name));
    const words = (data.get("text") || "").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const entry of entries) {
      const fits = wanted.every((name) => entry.classList.contains(name)) &&
        words.every((word) => texts.get(entry).includes(word));
      entry.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector(".tr-claim:not([hidden])");
    }
    output.textContent = output.dataset.text.replace("{shown}", shown).replace("{all}", entries.length);
    return data;
  }

  function keep() {
    const data = show();
    const asked = new URLSearchParams([...data].filter(([, value]) => value));
    try {
      history.replaceState(null, "", asked.toString() ? "#?" + asked : "#claims-ledger");
    } catch (error) {
      // A browser may refuse this for a page opened from disk; the filter works without.
    }
  }

  function read() {
    const mark = decodeURIComponent(location.hash);
    if (mark.startsWith("#?")) {
      const asked = new URLSearchParams(mark.slice(2));
      [...form.elements].filter((field) => field.name).forEach((field) => { field.value = asked.get(field.name) || ""; });
      show();
      form.scrollIntoView();
      return;
    }
    const target = mark.length > 1 && document.getElementById(mark.slice(1));
    if (target && target.closest("[hidden]")) {
      form.reset();
      show();
      target.scrollIntoView();
    }
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", keep);
  form.addEventListener("reset", () => setTimeout(keep));
  window.addEventListener("hashchange", read);
  form.hidden = false;
  show();
  read();
})();
