// Tables over the lists of the API: pages by key, filters that stand in the address bar, a row of totals, files of what is
// shown, and the arrow keys.

import * as api from './api.js';
import { append, fill, h, later, newId } from './dom.js';
import { t } from './i18n.js';
import { AREA_UNITS, area, areaUnit } from './numbers.js';
import { isAbort, problemBox } from './problem.js';
import { place, setQuery } from './router.js';
import { toastProblem } from './toast.js';

/** @typedef {import('./dom.js').Children} Children */

/**
 * @template Row
 * @typedef {object} Column
 * @property {string} title
 * @property {(row: Row) => Children} [cell] what is shown
 * @property {(row: Row) => string | null | undefined} [area] an area in m², shown in the unit in use
 * @property {string} [sort] the column's name in `sortby` of the API: then the whole list is put in order by it
 * @property {(row: Row) => string | null | undefined} [order] what the rows are put in order by where the list has no such name for
 *   it, once all of them are on one page
 * @property {'number' | 'nowrap' | 'wide' | 'narrow'} [kind]
 * @property {string} [total] the English name of the file's column whose total stands below
 */

/**
 * @typedef {object} Filter
 * @property {string} name as in the query of the API
 * @property {string} title
 * @property {'text' | 'select' | 'day' | 'month' | 'flag'} kind
 * @property {{ value: string, text: string }[]} [choices]
 * @property {string} [hint]
 */

/**
 * @template Row
 * @typedef {object} TableOptions
 * @property {string} caption what the table holds, for screen readers
 * @property {Column<Row>[]} columns
 * @property {Filter[]} [filters]
 * @property {(query: Record<string, string>, signal: AbortSignal) => Promise<{ items: Row[], next?: unknown }>} load
 * @property {(row: Row) => string | null} [href] where a row leads: the first cell becomes the link
 * @property {(row: Row) => string | null | undefined | false} [rowClass]
 * @property {{ pattern: string, path: Record<string, string>, name: string, query?: Record<string, string>, byParts?: boolean, inMetres?: boolean }} [file] the
 *   list as XLSX and CSV; its totals stand below the table too. `query`: besides the filters; `byParts`: the file has several rows for one of the table;
 *   `inMetres`: it is in square metres alone
 * @property {Children} [actions] buttons beside the filters
 * @property {Children} [empty]
 * @property {import('../types.js').Context} context
 * @property {number} [limit]
 */

const TYPING_MS = 300;
const LIMIT = 50;

/**
 * @template Row
 * @param {TableOptions<Row>} options
 */
export function table(options) {
  const { columns, filters = [], context } = options;
  const names = filters.map(({ name }) => name);
  const limit = options.limit ?? LIMIT;
  /** The keys of the pages before this one. @type {string[]} */
  const before = [];
  let after = context.query.get('after') ?? '';
  /** @type {AbortController} */
  let running = new AbortController();
  /** @type {{ column: Column<Row>, down: boolean } | null} */
  let order = null;
  /** @type {Row[]} */
  let rows = [];
  let complete = false;

  const body = h('tbody');
  const foot = h('tfoot');
  const headings = h('tr');
  const status = h('p', { class: 'table-status', role: 'status' });
  const problems = h('div');
  const previous = h('button', { type: 'button', onclick: () => turn(-1) }, t('上一页', 'Previous'));
  const next = h('button', { type: 'button', onclick: () => turn(1) }, t('下一页', 'Next'));
  /** @type {unknown} */
  let nextKey;
  const scroller = h(
    'div',
    { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': options.caption, onkeydown: keys },
    h('table', { class: 'table' }, h('caption', { class: 'visually-hidden' }, options.caption), h('thead', null, headings), body, foot),
  );

  /** The filters as they stand in the address bar. */
  function chosen() {
    const { query } = place();
    /** @type {Record<string, string>} */
    const found = {};
    for (const name of names) {
      const value = query.get(name);
      if (value) found[name] = value;
    }
    return found;
  }

  /** @param {-1 | 1} by */
  function turn(by) {
    if (by === 1) {
      before.push(after);
      after = String(nextKey);
    } else {
      after = before.pop() ?? '';
    }
    setQuery({ after });
    void refresh(false);
    scroller.scrollTop = 0;
  }

  /** The order in the address bar: which columns, each with a minus where it goes down. */
  const sortedBy = () => inAddress(columns).split(',').filter(Boolean);

  /** Up, down, and as it was. @param {Column<Row>} column */
  function sortBy({ sort = '' }) {
    const [first] = sortedBy();
    const sortby = first === sort ? `-${sort}` : first === `-${sort}` ? null : sort;
    order = null;
    before.length = 0;
    after = '';
    setQuery({ sortby, after: null });
    void refresh(false);
    scroller.scrollTop = 0;
  }

  /** @param {Column<Row>} column */
  function sortLocally(column) {
    order = order?.column === column ? (order.down ? null : { column, down: true }) : { column, down: false };
    drawHeadings();
    drawRows();
  }

  /** Which way a column goes. @param {Column<Row>} column */
  function direction(column) {
    if (order) return order.column === column ? (order.down ? 'descending' : 'ascending') : null;
    const by = column.sort ? sortedBy().find((word) => word.replace('-', '') === column.sort) : undefined;
    return by === undefined ? null : by.startsWith('-') ? 'descending' : 'ascending';
  }

  function drawHeadings() {
    const focused = document.activeElement instanceof HTMLElement && headings.contains(document.activeElement) ? document.activeElement.dataset['sort'] : undefined;
    fill(
      headings,
      columns.map((column) => {
        const unit = column.area ? `(${AREA_UNITS[areaUnit()].short})` : '';
        const isNumber = column.area || column.kind === 'number';
        const isLocal = !column.sort && (column.order ?? column.area) && complete && rows.length > 1;
        const way = direction(column);
        if (!column.sort && !isLocal) {
          return h('th', { scope: 'col', class: isNumber && 'number' }, column.title, unit && h('span', { class: 'unit' }, unit));
        }
        return h(
          'th',
          { scope: 'col', class: isNumber && 'number', 'aria-sort': way },
          h(
            'button',
            { type: 'button', class: 'sort', 'data-sort': column.sort, onclick: () => (column.sort ? sortBy(column) : sortLocally(column)) },
            column.title,
            unit && h('span', { class: 'unit' }, unit),
            h('span', { class: 'arrow', 'aria-hidden': 'true' }, way === 'ascending' ? '▲' : way === 'descending' ? '▼' : ''),
          ),
        );
      }),
    );
    // Whoever goes by the keyboard stays on the heading.
    const again = focused && headings.querySelector(`[data-sort="${focused}"]`);
    if (again instanceof HTMLElement) again.focus();
  }

  /** @param {Column<Row>} column @param {Row} row */
  const contents = (column, row) => (column.area ? area(column.area(row)) : column.cell?.(row) ?? '');

  function drawRows() {
    const shown = order ? inOrder(rows, order.column, order.down) : rows;
    fill(
      body,
      shown.map((row) => {
        const href = options.href?.(row);
        return h(
          'tr',
          { class: options.rowClass?.(row) || null },
          columns.map((column, at) => {
            const kind = column.area ? 'number' : column.kind;
            const what = contents(column, row);
            if (at > 0 || !href) return h('td', { class: kind }, what);
            return h('th', { scope: 'row', class: kind }, h('a', { href, class: 'row-link' }, what));
          }),
        );
      }),
    );
    if (rows.length === 0) {
      const empty = options.empty ?? t('没有符合条件的记录', 'Nothing fits the filters');
      fill(body, h('tr', null, h('td', { class: 'empty', colspan: columns.length }, empty)));
    }
  }

  /**
   * What the file of the list holds below its rows.
   * @param {Record<string, string>} query @param {AbortSignal} signal
   */
  async function addUp(query, signal) {
    const { pattern = '', path } = options.file ?? {};
    const { data } = await api.send('get', pattern, { path, query: { ...query, ...options.file?.query, f: 'totals' }, signal });
    return /** @type {{ count: number, totals: { name: { en: string }, value: string | null }[] }} */ (data);
  }

  /** @param {{ totals: { name: { en: string }, value: string | null }[] }} answer */
  function drawTotals({ totals }) {
    foot.replaceChildren();
    if (!columns.some(({ total }) => total)) return;
    foot.append(
      h(
        'tr',
        null,
        columns.map((column, at) => {
          if (at === 0 && !column.total) return h('th', { scope: 'row' }, t('合计', 'Total'));
          const value = totals.find(({ name }) => name.en === column.total)?.value ?? '';
          return h('td', { class: column.area ? 'number' : column.kind }, column.area ? area(value) : value);
        }),
      ),
    );
  }

  /** @param {boolean} [withTotals] */
  async function refresh(withTotals = true) {
    running.abort();
    running = new AbortController();
    const signal = AbortSignal.any([running.signal, context.signal]);
    const query = chosen();
    scroller.setAttribute('aria-busy', 'true');
    try {
      const sortby = sortedBy().join(',');
      const wanted = { ...query, limit: String(limit), ...(sortby ? { sortby } : {}), ...(after ? { after } : {}) };
      const counting = withTotals && options.file ? addUp(query, signal) : null;
      counting?.catch(() => null);
      const answer = await options.load(wanted, signal);
      problems.replaceChildren();
      rows = answer.items;
      nextKey = answer.next;
      const more = nextKey !== null && nextKey !== undefined;
      complete = !more && !after;
      if (!complete) order = null;
      previous.disabled = !after;
      next.disabled = !more;
      pager.hidden = complete;
      drawHeadings();
      drawRows();
      const first = before.length * limit + 1;
      fill(
        status,
        complete
          ? t(`共 ${rows.length} 条`, `${rows.length} in all`)
          : before.length > 0 || !after
            ? t(`第 ${first}–${first + rows.length - 1} 条`, `${first}–${first + rows.length - 1}`)
            : t(`本页 ${rows.length} 条`, `${rows.length} on this page`),
      );
      if (withTotals) foot.replaceChildren();
      scroller.removeAttribute('aria-busy');
      // Too many rows to add up: the list stands all the same.
      const totals = await counting?.catch((error) => (isAbort(error) ? null : { count: null, totals: [] }));
      if (totals) {
        drawTotals(totals);
        if (totals.count !== null && !complete && !options.file?.byParts) append(status, t(`,共 ${totals.count} 条`, ` of ${totals.count}`));
        if (totals.count === null) append(status, t('(行数过多,请加筛选条件后看合计)', ' (too many rows to add up: narrow the list)'));
      }
    } catch (error) {
      if (isAbort(error)) return;
      rows = [];
      drawHeadings();
      body.replaceChildren();
      foot.replaceChildren();
      status.replaceChildren();
      fill(problems, problemBox(error), h('button', { type: 'button', onclick: () => refresh() }, t('重试', 'Try again')));
    } finally {
      scroller.removeAttribute('aria-busy');
    }
  }

  const pager = h('div', { class: 'pager no-print' }, previous, next);

  const root = h(
    'section',
    { class: 'table-part' },
    (filters.length > 0 || options.actions || options.file) &&
      filterBar(filters, options, chosen, () => {
        before.length = 0;
        after = '';
        setQuery({ after: null });
        void refresh();
      }),
    problems,
    scroller,
    h('div', { class: 'table-foot' }, status, pager),
  );
  void refresh();
  return { root, refresh };
}

/**
 * The order in the address bar, if the list has any.
 * @template Row
 * @param {Column<Row>[]} columns
 */
const inAddress = (columns) => (columns.some(({ sort }) => sort) && place().query.get('sortby')) || '';

/**
 * @template Row
 * @param {Row[]} rows @param {Column<Row>} column @param {boolean} down
 */
function inOrder(rows, column, down) {
  const key = column.order ?? column.area ?? (() => '');
  const compare = new Intl.Collator('zh-CN', { numeric: true }).compare;
  const sorted = [...rows].sort((a, b) => compare(key(a) ?? '', key(b) ?? ''));
  return down ? sorted.reverse() : sorted;
}

/**
 * @template Row
 * @param {Filter[]} filters @param {TableOptions<Row>} options
 * @param {() => Record<string, string>} chosen @param {() => void} changed
 */
function filterBar(filters, options, chosen, changed) {
  const now = chosen();
  const typed = later(TYPING_MS, changed);
  const reset = h(
    'button',
    {
      type: 'button',
      class: 'plain',
      onclick: () => {
        setQuery(Object.fromEntries(filters.map(({ name }) => [name, null])));
        for (const input of bar.querySelectorAll('input, select')) {
          if (input instanceof HTMLInputElement && input.type === 'checkbox') input.checked = false;
          else /** @type {HTMLInputElement} */ (input).value = '';
        }
        changed();
      },
    },
    t('清除筛选', 'Clear'),
  );
  const fields = filters.map((filter) => {
    const id = newId('filter');
    /** @param {Event} event */
    const take = ({ target, type }) => {
      const input = /** @type {HTMLInputElement} */ (target);
      const value = input.type === 'checkbox' ? (input.checked ? 'true' : '') : input.value.trim();
      setQuery({ [filter.name]: value });
      if (type === 'input' && filter.kind === 'text') typed();
      else changed();
    };
    if (filter.kind === 'flag') {
      return h('label', { class: 'filter flag' }, h('input', { type: 'checkbox', checked: now[filter.name] === 'true', onchange: take }), filter.title);
    }
    const input =
      filter.kind === 'select'
        ? h(
            'select',
            { id, onchange: take },
            h('option', { value: '' }, t('全部', 'All')),
            (filter.choices ?? []).map(({ value, text }) => h('option', { value, selected: now[filter.name] === value }, text)),
          )
        : h('input', {
            id,
            type: filter.kind === 'day' ? 'date' : filter.kind === 'month' ? 'month' : 'search',
            value: now[filter.name] ?? '',
            placeholder: filter.hint,
            maxlength: 100,
            [filter.kind === 'text' ? 'oninput' : 'onchange']: take,
          });
    return h('div', { class: 'filter' }, h('label', { for: id }, filter.title), input);
  });
  const { file } = options;
  const files = file
    ? ['xlsx', 'csv'].map((format) =>
        h(
          'button',
          {
            type: 'button',
            class: 'plain',
            onclick: async (/** @type {Event} */ { currentTarget }) => {
              const button = /** @type {HTMLButtonElement} */ (currentTarget);
              button.disabled = true;
              try {
                const sortby = inAddress(options.columns);
                const query = { ...chosen(), ...file.query, f: format, ...(sortby ? { sortby } : {}), ...(file.inMetres ? {} : { unit: areaUnit() }) };
                await api.download(file.pattern, { path: file.path, query, name: `${file.name}.${format}` });
              } catch (error) {
                toastProblem(error);
              } finally {
                button.disabled = false;
              }
            },
          },
          t(`导出 ${format.toUpperCase()}`, `Export ${format.toUpperCase()}`),
        ),
      )
    : [];
  const bar = h(
    'div',
    { class: 'filters no-print', role: 'search', 'aria-label': t('筛选', 'Filters') },
    fields,
    filters.length > 0 && reset,
    h('div', { class: 'filter-actions' }, files, options.actions),
  );
  return bar;
}

/** The arrow keys go from row to row. @param {KeyboardEvent} event */
function keys(event) {
  const links = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll('a.row-link')];
  if (links.length === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  const at = links.indexOf(/** @type {Element} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: Math.max(0, at - 1), Home: 0, End: links.length - 1 }[event.key];
  const link = to === undefined ? null : links[Math.min(to, links.length - 1)];
  if (link instanceof HTMLElement) {
    event.preventDefault();
    link.focus();
  }
}

/**
 * A plain table of rows that are all there.
 * @template Row
 * @param {{ caption: string, columns: Column<Row>[], rows: Row[], href?: (row: Row) => string | null,
 *   rowClass?: (row: Row) => string | null | undefined | false, empty?: Children, foot?: Children[], stacks?: boolean }} options
 *   `stacks`: on a phone each row is a block of names and values
 */
export function plainTable({ caption, columns, rows, href, rowClass, empty, foot, stacks }) {
  return h(
    'div',
    { class: 'table-scroll plain', tabindex: '0', role: 'region', 'aria-label': caption, onkeydown: keys },
    h(
      'table',
      { class: stacks ? 'table stacks' : 'table' },
      h('caption', { class: 'visually-hidden' }, caption),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          columns.map((column) =>
            h(
              'th',
              { scope: 'col', class: (column.area || column.kind === 'number') && 'number' },
              column.title,
              column.area && h('span', { class: 'unit' }, `(${AREA_UNITS[areaUnit()].short})`),
            ),
          ),
        ),
      ),
      h(
        'tbody',
        null,
        rows.length === 0 && h('tr', null, h('td', { class: 'empty', colspan: columns.length }, empty ?? t('没有记录', 'None'))),
        rows.map((row) => {
          const to = href?.(row);
          return h(
            'tr',
            { class: rowClass?.(row) || null },
            columns.map((column, at) => {
              const what = column.area ? area(column.area(row)) : column.cell?.(row) ?? '';
              const kind = column.area ? 'number' : column.kind;
              if (at > 0 || !to) return h('td', { class: kind, 'data-title': stacks ? column.title : null }, what);
              return h('th', { scope: 'row', class: kind }, h('a', { href: to, class: 'row-link' }, what));
            }),
          );
        }),
      ),
      foot && h('tfoot', null, h('tr', null, foot.map((cell, at) => h(at === 0 ? 'th' : 'td', { class: at > 0 && (columns[at]?.area || columns[at]?.kind === 'number') ? 'number' : null }, cell)))),
    ),
  );
}
