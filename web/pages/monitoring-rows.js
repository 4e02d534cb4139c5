// One export of the ministry's monitoring system, as it was imported.

import * as api from '../app/api.js';
import { moment } from '../app/dates.js';
import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { areaWithUnit, money } from '../app/numbers.js';
import { facts, panel, person, tag } from '../app/parts.js';
import { table } from '../app/table.js';
import { word } from '../app/words.js';

const SNAPSHOTS = '/api/v1/counties/{county}/monitoring-snapshots';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, params, signal, title } = context;
  const n = Number(params['n']);
  const path = { county, n: String(n) };
  const { items } = await api.get(SNAPSHOTS, { path: { county }, signal });
  const snapshot = items.find((one) => one.n === n);
  title(t(`监测监管系统导出第 ${n} 次`, `Export no. ${n} of the monitoring system`));
  if (!snapshot) {
    root.append(h('p', null, t('没有这次导入', 'There is no such import')));
    return;
  }
  root.append(
    panel(null, facts([
      [t('截止日', 'As of'), [snapshot.as_of, ' ', snapshot.is_compared && tag(t('用于核对', 'compared'), 'good')]],
      [t('记录数', 'Rows'), String(snapshot.rows)],
      [t('面积合计', 'Area'), areaWithUnit(snapshot.area_m2)],
      [t('导入', 'Imported'), [moment(snapshot.imported_at), ' ', person(snapshot.imported_by)]],
      [t('文件摘要(SHA-256)', 'SHA-256 of the file'), h('code', null, snapshot.file_sha256), true],
    ])),
    table({
      caption: t('供应记录', 'Supplies'),
      context,
      load: (query, inner) => api.get(`${SNAPSHOTS}/{n}/supplies`, { path, query, signal: inner }),
      columns: [
        { title: t('电子监管号', 'Supervision number'), cell: (row) => row.number, kind: 'nowrap' },
        { title: t('行', 'Row'), cell: (row) => String(row.sheet_row), kind: 'number' },
        { title: t('项目', 'Project'), cell: (row) => row.project_name, kind: 'wide' },
        { title: t('位置', 'Location'), cell: (row) => row.location },
        { title: t('面积', 'Area'), area: (row) => row.area_m2 },
        { title: t('签订', 'Signed'), cell: (row) => row.signed_on, kind: 'nowrap' },
        { title: t('方式', 'Method'), cell: (row) => word('SupplyMethod', row.method), kind: 'nowrap' },
        { title: t('用途', 'Use'), cell: (row) => row.land_use },
        { title: t('成交价(元)', 'Price (yuan)'), cell: (row) => money(row.price_yuan), kind: 'number' },
        { title: t('状态', 'State'), cell: (row) => word('SupplyState', row.state), kind: 'nowrap' },
      ],
      file: { pattern: `${SNAPSHOTS}/{n}/supplies`, path, name: t(`监测监管系统导出-${snapshot.as_of}`, `monitoring-${snapshot.as_of}`) },
    }).root,
  );
}
