// 批量测算: many calculations at once, from a table of a spreadsheet program or from lines of JSON.

import * as api from '../app/api.js';
import { fill, h, newId } from '../app/dom.js';
import { say, t } from '../app/i18n.js';
import { number } from '../app/numbers.js';
import { figure, panel, tag } from '../app/parts.js';
import { isAbort, problemBox } from '../app/problem.js';
import { plainTable } from '../app/table.js';
import { ANSWERS } from '../app/vocabulary.js';
import { csvRows, decoded } from '../app/workbook.js';
import { word } from '../app/words.js';

/** @typedef {{ line: number, id?: string | number, kind?: string, answer?: Record<string, unknown>, problem?: import('../types.js').Schema<'ProblemBody'> }} Answered */

const BATCH = '/api/v1/calculations/batch';
/** Lines of one request: a browser sends all of them before it reads the answers. */
const PART = 2000;
const SHOWN = 200;

/** An example of the table, with what two kinds need. */
const EXAMPLE = [
  ['id', 'kind', 'on', 'land_use', 'area.value', 'area.unit', 'max_term_unit_price', 'term', 'lease_term'],
  ['A-1', 'flexible_price', '2026-06-30', 'industrial', '50', 'mu', '350.00', '20', ''],
  ['A-2', 'flexible_price', '2026-06-30', 'industrial', '33333.35', 'm2', '350.00', '30', ''],
  ['A-3', 'long_lease_price', '2026-06-30', 'industrial', '50', 'mu', '350.00', '', '15'],
];

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, { county, signal }) {
  const [fileId, textId, countyId, detailId] = [newId('file'), newId('text'), newId('county'), newId('detail')];
  const result = h('div', { class: 'stack' });
  const text = h('textarea', { id: textId, rows: 8, class: 'line', spellcheck: 'false', placeholder: '{"id": "A-1", "kind": "flexible_price", …}' });
  const ownValues = h('input', { id: countyId, type: 'checkbox', checked: Boolean(county) });
  const detail = h('select', { id: detailId }, h('option', { value: 'amounts' }, t('只要数额', 'amounts alone')), h('option', { value: 'findings' }, t('连同计算过程与依据', 'with workings and sources')));
  const start = h('button', { type: 'button', class: 'primary', onclick: () => void run() }, t('开始测算', 'Calculate'));

  async function run() {
    let lines;
    try {
      lines = linesOf(text.value);
    } catch (error) {
      fill(result, problemBox(error));
      return;
    }
    if (lines.length === 0) {
      fill(result, h('p', { class: 'box warn', role: 'status' }, t('请选择文件,或在上面粘贴内容', 'Choose a file, or paste something above')));
      return;
    }
    start.disabled = true;
    const progress = h('progress', { max: lines.length, value: 0, 'aria-label': t('进度', 'Progress') });
    fill(result, h('p', { role: 'status' }, t(`共 ${lines.length} 行 `, `${lines.length} lines `), progress));
    /** @type {Answered[]} */
    const answers = [];
    try {
      for (let from = 0; from < lines.length; from += PART) {
        const query = { detail: detail.value, ...(county && ownValues.checked ? { county } : {}) };
        const body = new Blob([lines.slice(from, from + PART).join('\n')]);
        for (const answer of await api.lines('post', BATCH, { query, body, type: 'application/x-ndjson', signal })) answers.push({ ...answer, line: answer.line + from });
        progress.value = answers.length;
      }
      draw(answers);
    } catch (error) {
      if (!isAbort(error)) fill(result, problemBox(error), answers.length > 0 && h('p', null, t(`已完成的 ${answers.length} 行未丢失,可先下载。`, `The ${answers.length} lines that were answered can be kept.`)), answers.length > 0 && files(answers));
    } finally {
      start.disabled = false;
    }
  }

  /** @param {Answered[]} answers */
  function draw(answers) {
    const bad = answers.filter(({ problem }) => problem).length;
    fill(
      result,
      h('div', { class: 'figures' }, figure(t('共', 'Lines'), String(answers.length)), figure(t('已算出', 'Answered'), String(answers.length - bad)), figure(t('有误', 'Bad'), bad > 0 ? tag(String(bad), 'bad') : '0')),
      files(answers),
      plainTable({
        caption: t('测算结果', 'Results'),
        rows: [...answers].sort((a, b) => Number(Boolean(b.problem)) - Number(Boolean(a.problem))).slice(0, SHOWN),
        rowClass: ({ problem }) => problem && 'bad',
        columns: [
          { title: t('行', 'Line'), cell: ({ line }) => String(line), kind: 'number' },
          { title: t('编号', 'Id'), cell: ({ id }) => (id === undefined ? '' : String(id)), kind: 'nowrap' },
          { title: t('测算种类', 'Kind'), cell: ({ kind }) => word('CalculationKind', kind), kind: 'nowrap' },
          { title: t('结论', 'Outcome'), cell: ({ answer }) => word('Outcome', /** @type {string | undefined} */ (answer?.['outcome'])), kind: 'nowrap' },
          { title: t('结果', 'Result'), cell: (one) => (one.problem ? faults(one.problem) : figures(one)), kind: 'wide' },
        ],
      }),
      answers.length > SHOWN && h('p', { class: 'quiet' }, t(`只显示 ${SHOWN} 行(有误的在前),其余见下载的文件。`, `${SHOWN} lines are shown, the bad ones first; the files have all.`)),
    );
  }

  /** @param {Answered[]} answers */
  const files = (answers) =>
    h(
      'div',
      { class: 'buttons no-print' },
      h('button', { type: 'button', onclick: () => keep(t('测算结果.csv', 'results.csv'), `\ufeff${csvOf(answers)}`, 'text/csv') }, t('下载 CSV', 'Download CSV')),
      h('button', { type: 'button', onclick: () => keep(t('测算结果.ndjson', 'results.ndjson'), answers.map((one) => JSON.stringify(one)).join('\n'), 'application/x-ndjson') }, t('下载 NDJSON', 'Download NDJSON')),
    );

  root.append(
    panel(
      null,
      h('p', { class: 'quiet' }, t('一行一项测算,各项互不影响:有误的行单独说明,其余照算。可用电子表格做成 CSV(第一行为字段名),也可逐行写 JSON。', 'One calculation a line; a bad line is answered for itself. Use a table saved as CSV with the names of the members in its first row, or a JSON object a line.')),
      h(
        'div',
        { class: 'fields' },
        h('div', { class: 'field' }, h('label', { for: fileId }, t('文件', 'File'), h('span', { class: 'quiet small' }, ' csv ndjson')), h('input', {
          id: fileId, type: 'file', accept: '.csv,.ndjson,.jsonl,.txt',
          onchange: async (/** @type {Event} */ { target }) => {
            const file = /** @type {HTMLInputElement} */ (target).files?.[0];
            if (file) text.value = decoded(new Uint8Array(await file.arrayBuffer()));
          },
        })),
        h('div', { class: 'field' }, h('label', { for: detailId }, t('详略', 'Detail')), detail),
        county && h('div', { class: 'field check' }, ownValues, h('label', { for: countyId }, t('按本县的政策参数', 'By this county\'s own values'))),
        h('div', { class: 'field wide' }, h('label', { for: textId }, t('内容', 'Contents')), text),
      ),
      h(
        'div',
        { class: 'form-buttons' },
        start,
        h('button', { type: 'button', onclick: () => { text.value = EXAMPLE.map((row) => row.join(',')).join('\n'); } }, t('填入示例', 'Fill in an example')),
        h('button', { type: 'button', class: 'plain', onclick: () => keep(t('批量测算模板.csv', 'batch-template.csv'), `\ufeff${EXAMPLE.map((row) => row.join(',')).join('\r\n')}`, 'text/csv') }, t('下载 CSV 模板', 'Download a CSV template')),
      ),
    ),
    result,
  );
}

/** Lines of JSON, or the rows of a table as such. @param {string} text */
export function linesOf(text) {
  if (text.trim() === '' || text.trimStart().startsWith('{')) return text.split(/\r?\n/).filter((line) => line.trim());
  const [names = [], ...rows] = csvRows(text);
  if (!names.includes('kind')) throw new Error(t('表格第一行应为字段名,其中要有 kind(测算种类)', 'The first row of the table names the members; kind must be among them'));
  return rows.filter((row) => row.some((cell) => cell.trim())).map((row) => {
    /** @type {Record<string, any>} */
    const body = {};
    names.forEach((name, at) => {
      const value = row[at]?.trim();
      if (!value) return;
      const path = name.trim().split('.');
      const last = path.pop() ?? '';
      let place = body;
      for (const step of path) place = place[step] ??= {};
      place[last] = value === 'true' ? true : value === 'false' ? false : value;
    });
    return JSON.stringify(body);
  });
}

/** Members that hold one figure or word. @param {Record<string, unknown>} answer */
const scalars = (answer) => Object.entries(answer).filter(([name, value]) => name !== 'outcome' && value !== null && typeof value !== 'object');

/** @param {Answered} one */
const figures = ({ kind = '', answer = {} }) =>
  h('ul', { class: 'bare inline' }, scalars(answer).filter(([name]) => name !== 'on').map(([name, value]) => h('li', null, h('span', { class: 'quiet' }, nameOf(kind, name), ' '), shown(value))));

/** @param {string} kind @param {string} name */
const nameOf = (kind, name) => t(ANSWERS[kind]?.[name] ?? OTHER_WORDS[name] ?? name, name.replaceAll('_', ' '));

/** What the document says in English alone. @type {Record<string, string>} */
const OTHER_WORDS = { max_term: '最高年期', total_term: '合计年期', as_of: '截至', total: '合计,元' };

/** @param {unknown} value */
const shown = (value) => (value === true ? t('是', 'yes') : value === false ? t('否', 'no') : typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? number(value) : String(value));

/** @param {import('../types.js').Schema<'ProblemBody'>} problem */
const faults = ({ title, title_text, detail_text, errors }) =>
  errors && errors.length > 0
    ? h('ul', { class: 'bare' }, errors.map((one) => h('li', null, say(one.message), ' ', h('code', { class: 'pointer' }, one.pointer))))
    : [say(title_text) || title, ' ', say(detail_text)];

/** @param {Answered[]} answers */
function csvOf(answers) {
  const names = [...new Set(answers.flatMap(({ answer }) => scalars(answer ?? {}).map(([name]) => name)))];
  const cell = (/** @type {unknown} */ value) => {
    const text = value === undefined || value === null ? '' : String(value);
    // A spreadsheet program would take it for a formula.
    const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const head = ['line', 'id', 'kind', 'outcome', ...names, 'problem'];
  const rows = answers.map(({ line, id, kind, answer, problem }) => [
    line, id, kind, answer?.['outcome'], ...names.map((name) => answer?.[name]),
    problem && ((problem.errors ?? []).map((one) => `${one.pointer} ${say(one.message)}`).join('; ') || say(problem.detail_text) || problem.title),
  ]);
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
}

/** @param {string} name @param {string} text @param {string} type */
function keep(name, text, type) {
  const anchor = h('a', { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  anchor.click();
  URL.revokeObjectURL(anchor.href);
}
