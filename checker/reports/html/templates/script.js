"use strict";
(() => {
  const get = (id) => document.getElementById(id);
  const words = get("filter-words"), state = get("filter-state"), requirement = get("filter-requirement");
  const columns = get("filter-columns");
  const rows = [...document.querySelectorAll("tr[data-subject]")];
  const has = (row, key, value) => !value || row.dataset[key].split(" ").includes(value);

  const filter = () => {
    const sought = words.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const fits = row.dataset.words.includes(sought) && has(row, "state", state.value)
        && has(row, "fails", requirement.value);
      row.hidden = !fits;
      get(row.dataset.subject).hidden = !fits;
      shown += fits;
    }
    get("filter-status").textContent = `${shown} of ${rows.length} shown`;
  };

  const narrow = () => {
    for (const table of document.querySelectorAll("table.matrix")) {
      [...table.rows[0].cells].forEach((head, index) => {
        const hide = columns.checked && "requirement" in head.dataset && !("failing" in head.dataset);
        for (const row of table.rows) row.cells[index].hidden = hide;
      });
    }
  };

  document.querySelector(".filters").hidden = false;
  words.addEventListener("input", filter);
  for (const field of [state, requirement]) field.addEventListener("change", filter);
  columns.addEventListener("change", narrow);
  filter();
  narrow();
})();
