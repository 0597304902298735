for (const table of document.querySelectorAll('table[data-clauses]')) {
  const number = table.dataset.clauses;
  const find = (name) => document.querySelector(`[data-${name}="${number}"]`);
  const search = find('filter');
  const outcome = find('outcome');
  const status = find('status');
  const rows = [...table.tBodies[0].rows];
  const show = () => {
    const text = search.value.trim().toLowerCase();
    for (const row of rows) {
      const wanted = !outcome.value || row.dataset.is === outcome.value;
      row.hidden = !(wanted && row.textContent.toLowerCase().includes(text));
    }
    const shown = rows.filter((row) => !row.hidden).length;
    status.textContent = shown === rows.length ? `${shown} clauses` : `${shown} of ${rows.length} clauses`;
  };
  search.addEventListener('input', show);
  outcome.addEventListener('change', show);
}
window.addEventListener('beforeprint', () => {
  for (const each of document.querySelectorAll('details')) each.open = true;
});
