// A long table of which only the part in sight is loaded and drawn. Rows have one height, so that scroll bars tell the
// truth; `load(offset, limit)` returns `{total, rows}`, `key(row)` what tells rows apart, `draw(row)` its cells.

import { fill, h, say } from './dom.js';

const AHEAD = 20; // rows beyond the sight on each side, so that scrolling meets drawn ones

export class Rows {
  constructor(table, { load, key, draw, empty }) {
    Object.assign(this, { table, load, key, draw, empty });
    this.scroller = table.closest('.scroll');
    this.body = table.tBodies[0];
    this.columns = String(table.tHead.rows[0].cells.length);
    this.total = 0;
    this.drawn = new Map();
    const look = () => {
      if (this.at && !this.covers()) this.refresh().catch((error) => say(error.message, 'bad'));
    };
    this.scroller.addEventListener('scroll', look, { passive: true });
    this.body.addEventListener('keydown', (event) => this.move(event));
    new ResizeObserver(() => {
      this.rowHeight = undefined; // a narrow page has higher rows
      look();
    }).observe(this.scroller);
  }

  get height() {
    this.rowHeight ??=
      parseFloat(getComputedStyle(this.table).getPropertyValue('--row')) *
      parseFloat(getComputedStyle(document.documentElement).fontSize);
    return this.rowHeight;
  }

  window() {
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / this.height) - AHEAD);
    const seen = Math.ceil(this.scroller.clientHeight / this.height);
    return { offset: first, limit: Math.min(seen + 2 * AHEAD, 200) };
  }

  covers() {
    const first = Math.floor(this.scroller.scrollTop / this.height);
    const last = Math.min(first + Math.ceil(this.scroller.clientHeight / this.height), this.total);
    return this.at.offset <= first && last <= this.at.offset + this.at.count;
  }

  async fromTop() {
    this.scroller.scrollTop = 0;
    await this.refresh();
  }

  // Loads what is in sight; asked again meanwhile, it loads once more afterwards. Where rows come `above`, what is in
  // sight stays there.
  async refresh({ above = false } = {}) {
    if (this.loading) {
      this.again = true;
      return this.loading;
    }
    this.loading = this.show(above);
    try {
      await this.loading;
    } finally {
      this.loading = null;
    }
    if (this.again) {
      this.again = false;
      await this.refresh({ above });
    }
  }

  async show(above) {
    let { offset, limit } = this.window();
    const page = await this.load(offset, limit);
    const grown = above && this.scroller.scrollTop > this.height ? page.total - this.total : 0;
    this.paint(page, offset);
    if (grown > 0) {
      this.scroller.scrollTop += grown * this.height;
      ({ offset, limit } = this.window());
      this.paint(await this.load(offset, limit), offset);
    }
  }

  paint(page, offset) {
    this.total = page.total;
    this.at = { offset, count: page.rows.length };
    this.table.setAttribute('aria-rowcount', String(page.total + 1));
    const focused = document.activeElement?.closest?.('tr')?.dataset.key;
    const before = this.drawn;
    this.drawn = new Map();
    const rows = page.rows.map((row, place) => this.row(row, offset + place, before));
    const below = page.total - offset - rows.length;
    if (!page.total) fill(this.body, h('tr', { class: 'none' }, h('td', { colspan: this.columns }, this.empty())));
    else fill(this.body, this.space(offset), rows, this.space(below));
    if (focused && this.body.contains(this.drawn.get(focused)?.made))
      this.drawn.get(focused).made.querySelector('a')?.focus({ preventScroll: true });
  }

  row(row, place, before) {
    const key = String(this.key(row));
    const text = JSON.stringify(row);
    const known = before.get(key);
    const made = known?.text === text ? known.made : this.make(row, key);
    made.setAttribute('aria-rowindex', String(place + 2));
    this.drawn.set(key, { text, made });
    return made;
  }

  make(row, key) {
    const made = h('tr', { data: { key } }, this.draw(row));
    made.addEventListener('click', (event) => {
      if (!event.target.closest('a, button')) made.querySelector('a')?.click();
    });
    return made;
  }

  mark(key) {
    for (const [name, { made }] of this.drawn) made.toggleAttribute('data-open', name === String(key));
  }

  space(rows) {
    if (rows <= 0) return null;
    const made = h('tr', { class: 'space', 'aria-hidden': 'true' }, h('td', { colspan: this.columns }));
    made.firstChild.style.height = `${rows * this.height}px`;
    return made;
  }

  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = event.target.closest('tr');
    if (!step || !row) return;
    event.preventDefault();
    const next = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    next?.querySelector('a')?.focus();
  }
}
