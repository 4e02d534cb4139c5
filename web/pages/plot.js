// One plot: what is recorded, what it holds, where it lies, what happened to it, what is to be done with it.

import * as api from '../app/api.js';
import { h } from '../app/dom.js';
import { drawing } from '../app/drawing.js';
import { history } from '../app/history.js';
import { t } from '../app/i18n.js';
import { townshipName } from '../app/lookups.js';
import { AREA_UNITS, areaWithUnit, number } from '../app/numbers.js';
import { codeLink, facts, outcomeTag, panel, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { plainTable } from '../app/table.js';
import { toastProblem } from '../app/toast.js';
import { word } from '../app/words.js';
import { attachments } from '../app/attachments.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, params, signal, can, title } = context;
  const path = { county, id: params['id'] ?? '' };
  const base = '/api/v1/counties/{county}/plots/{id}';
  const [plot, land, measure, past] = await Promise.all([
    api.get(base, { path, signal }),
    api.get(`${base}/land`, { path, signal }),
    api.get(`${base}/measure`, { path, signal }),
    api.get(`${base}/history`, { path, signal }),
  ]);
  const approval = plot.approval
    ? await api.get('/api/v1/counties/{county}/approvals/{id}', { path: { county, id: plot.approval }, signal })
    : null;
  const township = await townshipName(county, plot.township);
  title(t(`地块 ${plot.code}`, `Plot ${plot.code}`));

  const tools = document.getElementById('page-tools');
  tools?.append(
    h('a', { class: 'button', href: link('map', { plot: plot.id }) }, t('在地图上看', 'On the map')),
    ...(can('clerk')
      ? [
          h('a', { class: 'button', href: link(`plots/${plot.id}/edit`) }, t('修改', 'Edit')),
          h('a', { class: 'button primary', href: link('vouchers/new', { plot: plot.id }) }, t('新凭证', 'New voucher')),
        ]
      : []),
  );

  const boundary = (/** @type {'utf-8' | 'gbk'} */ encoding) => () =>
    api.download(`${base}/boundary-points`, { path, query: { encoding }, name: `${plot.code}.txt` }).catch(toastProblem);

  root.append(
    h(
      'div',
      { class: 'columns' },
      panel(
        t('登记内容', 'Record'),
        facts([
          [t('地块编号', 'Code'), plot.code],
          [t('名称', 'Name'), plot.name],
          [t('批准文号', 'Approval'), approval && h('a', { href: link(`approvals/${approval.id}`) }, approval.number)],
          [t('批准日期', 'Approved on'), approval?.approved_on],
          [t('报批项目', 'Approved project'), plot.approved_project],
          [t('来源', 'Origin'), word('Origin', plot.origin)],
          [t('乡镇街道', 'Township'), township],
          [t('位置', 'Location'), plot.location],
          [t('规划用途', 'Planned use'), plot.planned_use],
          [t('登记面积', 'Recorded area'), [areaWithUnit(plot.area_m2), plot.area.unit !== 'm2' && t(`(文件:${number(plot.area.value)} ${AREA_UNITS[plot.area.unit].zh})`, ` (as documented: ${number(plot.area.value)} ${AREA_UNITS[plot.area.unit].en})`)]],
          [t('图形面积', 'Polygon area'), plot.polygon ? areaWithUnit(plot.polygon.area_m2) : tag(t('未落图', 'unmapped'), 'warn')],
          [t('椭球面积', 'On the ellipsoid'), plot.polygon && areaWithUnit(plot.polygon.ellipsoidal_area_m2)],
          [t('未供原因', 'Cause'), word('Cause', plot.cause)],
          [t('储备入库', 'In reserve since'), plot.reserved_on],
          [t('用地项目', 'Projects'), plot.projects.map((id) => [codeLink('projects', id), ' ']).flat()],
          [t('备注', 'Remark'), plot.remark, true],
        ]),
        plot.geometry &&
          h(
            'div',
            { class: 'buttons no-print' },
            h('button', { type: 'button', onclick: boundary('utf-8') }, t('界址点 TXT (UTF-8)', 'Boundary points (UTF-8)')),
            h('button', { type: 'button', onclick: boundary('gbk') }, t('界址点 TXT (GBK)', 'Boundary points (GBK)')),
          ),
      ),
      panel(
        t('图形与余额', 'Land and balance'),
        drawing(plot.geometry, land.holdings),
        plainTable({
          caption: t('各科目余额', 'Balance by account'),
          rows: land.holdings,
          columns: [
            { title: t('科目', 'Account'), cell: ({ account }) => h('span', { class: `swatch account-${account}` }, word('Account', account)) },
            { title: t('宗地', 'Parcel'), cell: ({ parcel }) => codeLink('parcels', parcel) },
            { title: t('面积', 'Area'), area: ({ area_m2 }) => area_m2 },
            { title: t('图形面积', 'Polygon'), area: ({ polygon_area_m2 }) => polygon_area_m2 },
          ],
          empty: t('尚无入账面积', 'Nothing is in the books yet'),
        }),
        h('p', { class: 'quiet small' }, t(`依据至凭证第 ${land.known_seq} 号`, `as of voucher ${land.known_seq}`)),
      ),
    ),
    panel(
      t('一地一策', 'Measure'),
      facts([
        [t('拟处置措施', 'Measure'), word('Measure', measure.measure) || tag(t('未定', 'not decided'), 'warn')],
        [t('完成时限', 'Due'), [measure.due_on, ' ', measure.is_overdue && tag(t('逾期', 'overdue'), 'bad')]],
        [t('责任单位', 'Unit'), measure.unit],
        [t('现状', 'Present state'), measure.present_state, true],
        [t('措施说明', 'Note'), measure.measure_note, true],
        [t('净地条件', 'Net land'), outcomeTag(measure.net_land_outcome)],
      ]),
      can('clerk') && h('p', { class: 'no-print' }, h('a', { href: link(`plots/${plot.id}/measure`) }, t('填报一地一策', 'Fill in the measure'))),
    ),
    attachments(context, 'plot', plot.id),
    panel(t('历史', 'History'), history(past.events)),
  );
}
