// What is known of a thing that somebody points at on the map.

import * as api from './api.js';
import { h } from './dom.js';
import { history } from './history.js';
import { t } from './i18n.js';
import { townshipName } from './lookups.js';
import { areaWithUnit } from './numbers.js';
import { codeLink, facts, tag } from './parts.js';
import { link } from './router.js';
import { plainTable } from './table.js';
import { word } from './words.js';

/** @typedef {import('../types.js').Context} Context */

/** @param {Context} context @param {number} id */
export async function plotCard({ county, signal }, id) {
  const path = { county, id };
  const base = '/api/v1/counties/{county}/plots/{id}';
  const [plot, land, past] = await Promise.all([
    api.get(base, { path, signal }),
    api.get(`${base}/land`, { path, signal }),
    api.get(`${base}/history`, { path, signal }),
  ]);
  const approval = plot.approval ? await api.get('/api/v1/counties/{county}/approvals/{id}', { path: { county, id: plot.approval }, signal }) : null;
  return [
    h('h2', null, h('a', { href: link(`plots/${id}`) }, t(`地块 ${plot.code}`, `Plot ${plot.code}`))),
    facts([
      [t('批准文号', 'Approval'), approval && h('a', { href: link(`approvals/${approval.id}`) }, approval.number)],
      [t('批准日期', 'Approved on'), approval?.approved_on],
      [t('乡镇街道', 'Township'), await townshipName(county, plot.township)],
      [t('规划用途', 'Planned use'), plot.planned_use],
      [t('登记面积', 'Recorded area'), areaWithUnit(plot.area_m2)],
      [t('图形面积', 'Polygon area'), plot.polygon ? areaWithUnit(plot.polygon.area_m2) : tag(t('未落图', 'unmapped'), 'warn')],
      [t('未供原因', 'Cause'), word('Cause', plot.cause)],
    ]),
    plainTable({
      caption: t('各科目余额', 'Balance by account'),
      rows: land.holdings,
      columns: [
        { title: t('科目', 'Account'), cell: ({ account }) => h('span', { class: `swatch account-${account}` }, word('Account', account)) },
        { title: t('宗地', 'Parcel'), cell: ({ parcel }) => codeLink('parcels', parcel) },
        { title: t('面积', 'Area'), area: ({ area_m2 }) => area_m2 },
      ],
      empty: t('尚无入账面积', 'Nothing is in the books yet'),
    }),
    h('details', null, h('summary', null, t(`历史(${past.events.length})`, `History (${past.events.length})`)), history(past.events)),
  ];
}

/** @param {Context} context @param {number} id */
export async function parcelCard({ county, signal }, id) {
  const parcel = await api.get('/api/v1/counties/{county}/parcels/{id}', { path: { county, id }, signal });
  return [
    h('h2', null, h('a', { href: link(`parcels/${id}`) }, t(`宗地 ${parcel.code}`, `Parcel ${parcel.code}`))),
    facts([
      [t('宗地名称', 'Name'), parcel.name],
      [t('使用权人', 'Holder'), parcel.holder],
      [t('信用代码', 'Credit code'), parcel.holder_code],
      [t('土地用途', 'Use'), parcel.land_use],
      [t('宗地代码', 'Cadastral code'), parcel.cadastral_code],
      [t('登记面积', 'Recorded area'), areaWithUnit(parcel.area_m2)],
      [t('图形面积', 'Polygon area'), parcel.polygon && areaWithUnit(parcel.polygon.area_m2)],
    ]),
  ];
}

/** @param {Context} context @param {number} id */
export async function approvalCard({ county, signal }, id) {
  const approval = await api.get('/api/v1/counties/{county}/approvals/{id}', { path: { county, id }, signal });
  return [
    h('h2', null, h('a', { href: link(`approvals/${id}`) }, approval.number)),
    facts([
      [t('批准机关', 'Authority'), approval.authority],
      [t('批准日期', 'Approved on'), approval.approved_on],
      [t('报批项目', 'Approved project'), approval.approved_project],
    ]),
    h('p', null, h('a', { href: link('plots', { approval: id }) }, t('此批文的地块', 'Its plots'))),
  ];
}
