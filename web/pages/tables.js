// 县级数据表: catalogues and tables the county has loaded, and loading a version from a sheet.

import * as api from '../app/api.js';
import { dialog } from '../app/dialog.js';
import { moment } from '../app/dates.js';
import { fill, h } from '../app/dom.js';
import { form, given } from '../app/form.js';
import { t } from '../app/i18n.js';
import { citation, panel, tag } from '../app/parts.js';
import { plainTable } from '../app/table.js';
import { toast } from '../app/toast.js';
import { choices, word } from '../app/words.js';

const LIST = '/api/v1/counties/{county}/reference-tables';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, signal, can }) {
  const list = h('div');
  root.append(h('p', { class: 'quiet' }, t('企业预审按这些数据表核对;没有载入的,结论一律为“须人工审核”。版本只增不改,按施行日期取用。', 'Pre-checks are held against these. Without a table the answer is for review. Versions are added, never changed.')), list);

  async function draw() {
    const { items } = await api.get(LIST, { path: { county }, signal });
    fill(
      list,
      plainTable({
        caption: t('县级数据表', 'Tables of the county'),
        rows: [...items].reverse(),
        columns: [
          { title: t('版本', 'Version'), kind: 'number', cell: (row) => h('button', { type: 'button', class: 'link', onclick: () => void show(row.n) }, String(row.n)) },
          { title: t('数据表', 'Table'), cell: (row) => word('TableKind', row.kind) },
          { title: t('施行日', 'In force'), cell: (row) => row.in_force, kind: 'nowrap' },
          { title: t('行数', 'Rows'), kind: 'number', cell: (row) => String(row.row_count) },
          { title: t('依据', 'Citation'), kind: 'wide', cell: (row) => h('ul', { class: 'bare' }, citation(row.citation)) },
          { title: t('核对', 'Verified'), kind: 'nowrap', cell: (row) => (row.verified ? tag(t('已核对', 'verified'), 'good') : tag(t('待核', 'to be verified'), 'warn')) },
          { title: t('载入时间', 'Loaded'), cell: (row) => moment(row.recorded_at), kind: 'nowrap' },
        ],
        empty: t('还没有载入数据表', 'No table has been loaded'),
      }),
    );
  }

  /** @param {number} n */
  async function show(n) {
    const { summary, rows } = await api.get(`${LIST}/{n}`, { path: { county, n }, signal });
    /** @type {Record<string, unknown>[]} */
    const shown = /** @type {any} */ (rows);
    const names = Object.keys(shown[0] ?? {});
    await dialog({
      title: `${word('TableKind', summary.kind)} · ${t(`第 ${n} 版`, `version ${n}`)}`,
      wide: true,
      body: plainTable({ caption: t('各行', 'Rows'), rows: shown.slice(0, 500), columns: names.map((name) => ({ title: name, cell: (row) => cell(name, row[name]) })) }),
    });
  }

  /** @param {string} name @param {unknown} value */
  const cell = (name, value) => {
    const text = value === null || value === undefined ? '' : String(value);
    if (name === 'indicator') return word('Indicator', text);
    if (name === 'class') return word('CatalogueClass', text);
    return name === 'bound' ? word('Bound', text) : text;
  };

  await draw();
  if (!can('approver')) return;
  const made = form({
    parts: [
      { heading: t('载入新版本', 'Load a version'), note: t('xlsx、ods 或 csv。列名:目录为 类别、行业代码、条目、条件;标准地为 指标、行业代码、界限、控制值、计量单位;行业代码为 代码、名称;划拨目录为 条目。', 'xlsx, ods or csv with the Chinese column names of the office.') },
      { name: 'kind', pointer: '?kind', title: t('数据表', 'Table'), kind: 'select', required: true, choices: choices('TableKind') },
      { name: 'in_force', pointer: '?in_force', title: t('施行日期', 'In force'), kind: 'day', required: true },
      { name: 'instrument', pointer: '?instrument', title: t('文件名称', 'Instrument'), required: true, most: 200 },
      { name: 'number', pointer: '?number', title: t('文号', 'Number'), most: 100 },
      { name: 'provision', pointer: '?provision', title: t('条款或附件', 'Provision'), required: true, most: 100 },
      { name: 'issued_on', pointer: '?issued_on', title: t('印发日期', 'Issued on'), kind: 'day' },
      { name: 'reason', pointer: '?reason', title: t('理由', 'Reason'), required: true, most: 200 },
      { name: 'verified', pointer: '?verified', title: t('已与原文核对', 'Compared with the text'), kind: 'check' },
      { name: 'file', title: t('文件', 'File'), kind: 'file', required: true, accept: '.xlsx,.ods,.csv', wide: true },
    ],
    send: t('载入', 'Load'),
    submit: (values, files) =>
      api.send('post', `${LIST}/import-file`, {
        path: { county }, body: files['file'], type: 'application/octet-stream', signal,
        query: {
          kind: values['kind'], in_force: values['in_force'], instrument: given(values['instrument']), number: given(values['number']), provision: given(values['provision']),
          issued_on: given(values['issued_on']), reason: given(values['reason']), verified: values['verified'] === 'true',
        },
      }),
    done() {
      toast(t('已载入', 'Loaded'));
      void draw();
    },
    signal,
  });
  root.append(panel(null, made.element));
}
