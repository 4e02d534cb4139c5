// Finding a place on the map by approval number, code of plot or parcel, or credit code of a company.

import * as api from './api.js';
import { fill, h, later, newId } from './dom.js';
import { t } from './i18n.js';
import { areaWithUnit } from './numbers.js';
import { isAbort, sentence } from './problem.js';

/** @typedef {{ layer: 'plots' | 'parcels' | 'approvals', id: number, text: string, note: string }} Found */

const MOST = 8;
const TYPING_MS = 250;
const CREDIT_CODE = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

/**
 * @param {import('../types.js').Context} context
 * @param {(layer: Found['layer'], id: number) => void} choose
 */
export function searchBox({ county, signal }, choose) {
  const id = newId('search');
  const list = h('ul', { class: 'map-found', id: `${id}-found`, hidden: true });
  const input = h('input', {
    id, type: 'search', placeholder: t('批准文号、地块或宗地编号、信用代码', 'Approval number, plot or parcel code, credit code'), autocomplete: 'off',
    'aria-controls': `${id}-found`,
  });
  let asking = new AbortController();
  signal.addEventListener('abort', () => asking.abort());
  input.addEventListener('input', later(TYPING_MS, () => void look()));
  input.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') list.hidden = true;
  });

  async function look() {
    asking.abort();
    asking = new AbortController();
    const text = input.value.trim();
    if (!text) {
      list.hidden = true;
      return;
    }
    try {
      const found = await search(county, text, asking.signal);
      list.hidden = false;
      fill(
        list,
        found.length === 0
          ? h('li', { class: 'quiet' }, t('没有找到', 'Nothing found'))
          : found.map((one) =>
              h('li', null, h('button', { type: 'button', class: 'link', onclick: () => { list.hidden = true; choose(one.layer, one.id); } }, one.text, h('span', { class: 'quiet small' }, ' ', one.note))),
            ),
      );
    } catch (error) {
      if (isAbort(error)) return;
      list.hidden = false;
      fill(list, h('li', { class: 'field-error' }, sentence(error)));
    }
  }

  return h('div', { class: 'map-search', role: 'search' }, h('label', { for: id, class: 'visually-hidden' }, t('查找', 'Find')), input, list);
}

/** @param {string} county @param {string} text @param {AbortSignal} signal @returns {Promise<Found[]>} */
async function search(county, text, signal) {
  const path = { county };
  const options = { path, signal };
  const holder = text.toUpperCase();
  const [approvals, plots, parcels, held] = await Promise.all([
    api.get('/api/v1/counties/{county}/approvals', { ...options, query: { number_prefix: text, limit: MOST } }),
    api.get('/api/v1/counties/{county}/plots', { ...options, query: { code_prefix: text, limit: MOST } }),
    api.get('/api/v1/counties/{county}/parcels', { ...options, query: { code_prefix: text, limit: MOST } }),
    CREDIT_CODE.test(holder) ? api.get('/api/v1/counties/{county}/parcels', { ...options, query: { holder_code: holder, limit: MOST } }) : { items: [] },
  ]);
  return [
    ...approvals.items.map((one) => ({ layer: /** @type {const} */ ('approvals'), id: one.id, text: one.number, note: t(`批文 ${one.approved_on}`, `approval ${one.approved_on}`) })),
    ...plots.items.map((one) => ({ layer: /** @type {const} */ ('plots'), id: one.id, text: one.code, note: t(`地块 ${areaWithUnit(one.area_m2)}`, `plot ${areaWithUnit(one.area_m2)}`) })),
    ...[...parcels.items, ...held.items].map((one) => ({ layer: /** @type {const} */ ('parcels'), id: one.id, text: one.code, note: t(`宗地 ${areaWithUnit(one.area_m2)}`, `parcel ${areaWithUnit(one.area_m2)}`) })),
  ];
}
