// What happened to a record, the newest last.

import { moment } from './dates.js';
import { h } from './dom.js';
import { t } from './i18n.js';
import { areaWithUnit, sum } from './numbers.js';
import { person } from './parts.js';
import { link } from './router.js';
import { word } from './words.js';

/** @typedef {import('../types.js').Schema<'HistoryEvent'>} HistoryEvent */

/** @param {HistoryEvent[]} events */
export function history(events) {
  if (events.length === 0) return h('p', { class: 'quiet' }, t('没有记录', 'Nothing yet'));
  return h(
    'ol',
    { class: 'timeline' },
    events.map((event) => h('li', null, h('p', null, h('strong', null, ...what(event))), detail(event), h('p', { class: 'quiet small' }, moment(event.at), ' · ', person(event.user)))),
  );
}

/** @param {HistoryEvent} event @returns {import('./dom.js').Child[]} */
function what(event) {
  const { voucher, attribute, geometry } = event;
  if (voucher) {
    return [
      h('a', { href: link(`vouchers/${voucher.seq}`) }, t(`凭证第 ${voucher.seq} 号`, `Voucher ${voucher.seq}`)),
      ' ', word('Kind', voucher.voucher.kind), ' ', areaWithUnit(sum(voucher.voucher.lines.map(({ area_m2 }) => area_m2))),
    ];
  }
  if (attribute) return [word('Attribute', attribute.attribute), ' → ', attribute.value ?? t('(空)', '(none)')];
  if (geometry) return [t(`图形第 ${geometry.version} 版`, `Polygon, version ${geometry.version}`), ' ', areaWithUnit(geometry.area_m2)];
  return [word('HistoryKind', event.kind)];
}

/** @param {HistoryEvent} event */
function detail({ voucher, attribute, geometry, change }) {
  if (voucher) {
    const { effective_on, document } = voucher.voucher;
    return h('p', null, t('生效日', 'effective'), ' ', effective_on, document.number && ` · ${document.number}`);
  }
  if (attribute) return h('p', null, t(`自 ${attribute.from} 起`, `from ${attribute.from}`));
  if (geometry) return h('p', null, t(`自 ${geometry.effective_on} 起`, `from ${geometry.effective_on}`));
  return change ? changes(change) : null;
}

/**
 * Which members a change of a record touched.
 * @param {import('../types.js').Schema<'JournalEntry'>} entry
 */
export function changes({ before, after }) {
  const [old, now] = [/** @type {Record<string, unknown>} */ (before ?? {}), /** @type {Record<string, unknown>} */ (after ?? {})];
  if (!before || !after) return null;
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]));
  /** @param {unknown} value */
  const shown = (value) => (value === undefined || value === null ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 300);
  return h('ul', { class: 'changes' }, names.map((name) => h('li', null, h('code', null, name), ' ', shown(old[name]), ' → ', shown(now[name]))));
}
