"use strict";
(() => {
  const filter = document.getElementById("filter");
  if (!filter) return;
  const field = (name) => document.getElementById("filter-" + name);
  const [text, verb, kind, risk, open, count] = ["text", "verb", "kind", "risk", "open", "count"].map(field);
  const changes = Array.from(document.querySelectorAll(".change"), (item) => ({
    item,
    details: item.querySelector("details"),
    words: item.querySelector("summary").textContent.toLowerCase(),
  }));
  const isShown = ({ item, words }) =>
    words.includes(text.value.trim().toLowerCase()) &&
    (!verb.value || item.dataset.verb === verb.value) &&
    (!kind.value || item.dataset.kind === kind.value) &&
    (!risk.checked || "risk" in item.dataset);
  const show = () => {
    let shown = 0;
    for (const change of changes) {
      change.item.hidden = !isShown(change);
      shown += change.item.hidden ? 0 : 1;
    }
    count.textContent = `${shown} of ${changes.length} shown`;
    label();
  };
  const visible = () => changes.filter((change) => !change.item.hidden);
  const label = () => {
    open.textContent = visible().some((change) => !change.details.open) ? "Open all shown" : "Close all shown";
  };
  filter.addEventListener("input", show);
  open.addEventListener("click", () => {
    const closed = visible().some((change) => !change.details.open);
    for (const change of visible()) change.details.open = closed;
    label();
  });
  filter.hidden = false;
  show();
})();
