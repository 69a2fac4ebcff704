'use strict';
(() => {
  const status = document.getElementById('status');
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: 'base' });

  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.key ?? cell.textContent;
  };

  const sort = (table, column) => {
    const head = table.tHead.rows[0].cells;
    const direction = head[column].getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
    for (const cell of head) {
      cell.setAttribute('aria-sort', 'none');
    }

    head[column].setAttribute('aria-sort', direction);
    const sign = direction === 'ascending' ? 1 : -1;
    const number = head[column].classList.contains('number');
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => ({ row, key: number ? Number(key(row, column)) : key(row, column) }));
    rows.sort((a, b) => sign * (number ? a.key - b.key : collator.compare(a.key, b.key)));
    body.append(...rows.map((entry) => entry.row));
    status.textContent = head[column].textContent + ', ' + status.dataset[direction];
  };

  for (const table of document.querySelectorAll('table.sortable')) {
    Array.from(table.tHead.rows[0].cells).forEach((cell, column) => {
      cell.querySelector('button').addEventListener('click', () => sort(table, column));
    });
  }

  for (const input of document.querySelectorAll('input[data-filters]')) {
    const table = document.getElementById(input.dataset.filters);
    const shown = document.getElementById(input.dataset.filters + '-shown');
    const rows = Array.from(table.tBodies[0].rows, (row) => ({ row, text: row.textContent.toLocaleLowerCase() }));
    input.addEventListener('input', () => {
      const words = input.value.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
      let count = 0;
      for (const entry of rows) {
        const fits = words.every((word) => entry.text.includes(word));
        entry.row.hidden = !fits;
        count += fits ? 1 : 0;
      }

      shown.textContent = table.dataset.shown.replace('{0}', String(count)).replace('{1}', String(rows.length));
    });
  }
})();
