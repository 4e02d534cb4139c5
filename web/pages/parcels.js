// 宗地: what was cut from plots and supplied.

import * as api from '../app/api.js';
import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, context) {
  const { county, can } = context;
  const path = { county };
  const pattern = '/api/v1/counties/{county}/parcels';
  root.append(
    table({
      caption: t('宗地', 'Parcels'),
      context,
      load: (query, signal) => api.get(pattern, { path, query, signal }),
      filters: [
        { name: 'code_prefix', title: t('宗地编号开头', 'Code begins with'), kind: 'text' },
        { name: 'holder_code', title: t('统一社会信用代码', 'Credit code'), kind: 'text' },
        { name: 'mapped', title: t('落图', 'Mapped'), kind: 'select', choices: [{ value: 'true', text: t('已落图', 'mapped') }, { value: 'false', text: t('未落图', 'unmapped') }] },
      ],
      columns: [
        { title: t('宗地编号', 'Code'), sort: 'code', cell: (row) => row.code },
        { title: t('名称', 'Name'), sort: 'name', cell: (row) => row.name },
        { title: t('用地单位', 'Holder'), cell: (row) => row.holder ?? row.holder_code, order: (row) => row.holder },
        { title: t('土地用途', 'Use'), sort: 'land_use', cell: (row) => row.land_use },
        { title: t('登记面积', 'Area'), sort: 'area_m2', area: (row) => row.area_m2, total: 'recorded area' },
        { title: t('图形面积', 'Polygon'), sort: 'polygon_area_m2', area: (row) => row.polygon?.area_m2, total: 'polygon area' },
        { title: t('电子监管号', 'Supervision no.'), sort: 'regulatory_number', cell: (row) => row.regulatory_number ?? tag(t('无', 'none'), 'warn') },
        { title: t('不动产单元号', 'Unit code'), sort: 'unit_code', cell: (row) => row.unit_code },
      ],
      href: (row) => link(`parcels/${row.id}`),
      file: { pattern, path, name: t('宗地', 'parcels') },
      actions: can('clerk') && h('a', { class: 'button primary', href: link('parcels/new') }, t('录入宗地', 'New parcel')),
    }).root,
  );
}
