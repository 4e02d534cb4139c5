// One parcel: whose it is, what rests on it.

import * as api from '../app/api.js';
import { attachments } from '../app/attachments.js';
import { dialog } from '../app/dialog.js';
import { fill, h } from '../app/dom.js';
import { drawing } from '../app/drawing.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given, givenDecimal } from '../app/form.js';
import { t } from '../app/i18n.js';
import { areaWithUnit, money } from '../app/numbers.js';
import { facts, panel, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { plainTable } from '../app/table.js';
import { toast } from '../app/toast.js';
import { choices, word } from '../app/words.js';

const ENCUMBRANCES = '/api/v1/counties/{county}/encumbrances';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, params, signal, can, title } = context;
  const parcel = await api.get('/api/v1/counties/{county}/parcels/{id}', { path: { county, id: params['id'] ?? '' }, signal });
  title(t(`宗地 ${parcel.code}`, `Parcel ${parcel.code}`));
  if (can('clerk')) document.getElementById('page-tools')?.append(h('a', { class: 'button', href: link(`parcels/${parcel.id}/edit`) }, t('修改', 'Edit')));
  const project = parcel.project ? await api.get('/api/v1/counties/{county}/projects/{id}', { path: { county, id: parcel.project }, signal }) : null;
  const burdens = h('div');

  async function drawBurdens() {
    const { items } = await api.get(ENCUMBRANCES, { path: { county }, query: { parcel: parcel.id }, signal });
    fill(
      burdens,
      plainTable({
        caption: t('权利负担', 'Encumbrances'),
        rows: items,
        columns: [
          { title: t('种类', 'Kind'), cell: (row) => word('EncumbranceKind', row.kind) },
          { title: t('登记号或文号', 'Number'), cell: (row) => row.number },
          { title: t('权利人或机关', 'Party'), cell: (row) => row.party },
          { title: t('自', 'From'), cell: (row) => row.from, kind: 'nowrap' },
          { title: t('至', 'Until'), cell: (row) => row.until, kind: 'nowrap' },
          { title: t('贷款额(元)', 'Loan (yuan)'), kind: 'number', cell: (row) => money(row.loan_yuan) },
          { title: t('状态', 'State'), cell: (row) => (row.released_on ? tag(t(`${row.released_on} 解除`, `released ${row.released_on}`), 'good') : tag(t('有效', 'standing'), 'warn')) },
          { title: t('操作', 'Action'), cell: (row) => can('clerk') && !row.released_on && h('button', { type: 'button', class: 'link', onclick: () => addEvent(row.id) }, t('登记变动', 'Record a change')) },
        ],
        empty: t('没有抵押或查封', 'No mortgage or seizure'),
      }),
    );
  }

  /** @param {HTMLElement} inside */
  const close = (inside) => inside.closest('dialog')?.close();

  function addBurden() {
    const made = form({
      parts: [
        { name: 'kind', title: t('种类', 'Kind'), kind: 'select', choices: choices('EncumbranceKind'), required: true },
        { name: 'number', title: t('登记号或文号', 'Number'), required: true, most: 100 },
        { name: 'party', title: t('抵押权人或查封机关', 'Party'), most: 100 },
        { name: 'from', title: t('自', 'From'), kind: 'day', required: true },
        { name: 'until', title: t('至', 'Until'), kind: 'day' },
        { name: 'area_m2', title: t('涉及面积', 'Area'), kind: 'decimal', decimals: 4, unit: 'm²' },
        { name: 'loan_yuan', title: t('贷款额', 'Loan'), kind: 'decimal', decimals: 2, unit: t('元', 'yuan') },
        { name: 'appraised_yuan', title: t('评估价值', 'Appraised'), kind: 'decimal', decimals: 2, unit: t('元', 'yuan') },
        { name: 'remark', title: t('备注', 'Remark'), kind: 'textarea', most: 1000 },
      ],
      draft: `encumbrance-${parcel.id}`,
      send: t('登记', 'Record'),
      submit: (values) =>
        api.send('post', ENCUMBRANCES, {
          path: { county },
          body: withoutEmpty({
            parcel: parcel.id, kind: given(values['kind']), number: given(values['number']), party: given(values['party']), from: given(values['from']), until: given(values['until']),
            area_m2: givenDecimal(values['area_m2']), loan_yuan: givenDecimal(values['loan_yuan']), appraised_yuan: givenDecimal(values['appraised_yuan']), remark: given(values['remark']),
          }),
        }),
      done: () => { close(made.element); toast(t('已登记', 'Recorded')); void drawBurdens(); },
    });
    void dialog({ title: t('登记抵押或查封', 'Record a mortgage or seizure'), body: made.element, wide: true });
  }

  /** @param {number} id */
  function addEvent(id) {
    const made = form({
      parts: [
        { name: 'action', title: t('变动', 'Change'), kind: 'select', choices: choices('EncumbranceAction'), required: true },
        { name: 'dated', title: t('文件日期', 'Dated'), kind: 'day', required: true },
        { name: 'document_number', title: t('文号', 'Document'), required: true, most: 100 },
        { name: 'document_authority', title: t('机关', 'Authority'), required: true, most: 100 },
        { name: 'until', title: t('延长至', 'Extended until'), kind: 'day', shown: (values) => values['action'] === 'extended' },
        { name: 'consents_to', title: t('同意的行为', 'Consents to'), kind: 'select', choices: choices('Kind'), shown: (values) => values['action'] === 'consented' },
      ],
      send: t('登记', 'Record'),
      submit: (values) => api.send('post', `${ENCUMBRANCES}/{id}/events`, { path: { county, id }, body: withoutEmpty(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, given(value)]))) }),
      done: () => { close(made.element); toast(t('已登记', 'Recorded')); void drawBurdens(); },
    });
    void dialog({ title: t('登记权利负担变动', 'Record a change'), body: made.element, wide: true });
  }

  await drawBurdens();
  root.append(
    h(
      'div',
      { class: 'columns' },
      panel(
        t('登记内容', 'Record'),
        facts([
          [t('宗地编号', 'Code'), parcel.code],
          [t('名称', 'Name'), parcel.name],
          [t('用地单位', 'Holder'), parcel.holder],
          [t('信用代码', 'Credit code'), parcel.holder_code],
          [t('土地用途', 'Use'), parcel.land_use],
          [t('登记面积', 'Area'), areaWithUnit(parcel.area_m2)],
          [t('图形面积', 'Polygon'), parcel.polygon ? areaWithUnit(parcel.polygon.area_m2) : tag(t('未落图', 'unmapped'), 'warn')],
          [t('电子监管号', 'Supervision no.'), parcel.regulatory_number ?? tag(t('无', 'none'), 'warn')],
          [t('宗地代码', 'Cadastral code'), parcel.cadastral_code],
          [t('不动产单元号', 'Unit code'), parcel.unit_code],
          [t('用地项目', 'Project'), project && h('a', { href: link(`projects/${project.id}`) }, project.name)],
          [t('备注', 'Remark'), parcel.remark, true],
        ]),
      ),
      panel(t('图形', 'Polygon'), drawing(parcel.geometry, [{ account: 'supplied', geometry: parcel.geometry }]) ?? h('p', { class: 'quiet' }, t('没有图形', 'No polygon'))),
    ),
    panel(t('权利负担', 'Encumbrances'), burdens, can('clerk') && h('div', { class: 'buttons no-print' }, h('button', { type: 'button', onclick: addBurden }, t('登记抵押或查封', 'Record one')))),
    attachments(context, 'parcel', parcel.id),
  );
}
