// Entering and changing a record: one form for both, and what happens when somebody else was faster.

import * as api from './api.js';
import { dialog } from './dialog.js';
import { fill, h, newId } from './dom.js';
import { form } from './form.js';
import { t } from './i18n.js';
import { go } from './router.js';
import { toast } from './toast.js';

/** @typedef {import('./form.js').Values} Values */
/** @typedef {import('./form.js').Part} Part */

/**
 * @typedef {object} RecordOptions
 * @property {import('../types.js').Context} context
 * @property {string} draft the name its draft is kept under
 * @property {string} list the address that takes a new record
 * @property {string} one the address of one record
 * @property {string | undefined} id none: a new record
 * @property {Part[]} parts
 * @property {Values} [fresh] what a new form begins with
 * @property {(view: any) => Values} toValues
 * @property {(values: Values, before: any) => object} toBody `before`: the record that was read, null of a new one
 * @property {(answer: any) => any} [viewOf] the record in the answer to a write
 * @property {(view: any) => string} page where to go when it is saved
 * @property {boolean} [checks] whether the addresses take `dry_run`
 * @property {(answer: any) => void} [checked] what the service answered to what stands there
 * @property {import('./dom.js').Children} [buttons]
 */

/** What is allowed and should be looked at all the same. @param {{ message: { zh: string, en: string } }[] | undefined} list */
export const warningBox = (list = []) =>
  list.length > 0 && h('div', { class: 'box warn' }, h('p', { class: 'box-title' }, t('提示', 'Note')), h('ul', null, list.map(({ message }) => h('li', null, t(message.zh, message.en)))));

/** @param {RecordOptions} options */
export async function recordForm(options) {
  const { context, id, parts, toValues, toBody } = options;
  /** @type {Record<string, string>} */
  const path = id === undefined ? { county: context.county } : { county: context.county, id };
  const read = id === undefined ? null : await readVersion(options.one, path, context.signal);
  let before = read?.data ?? null;
  let version = read?.etag ?? null;
  const base = before ? toValues(before) : { ...options.fresh };
  const warnings = h('div', { class: 'record-warnings' });
  /** @param {Values} values @param {boolean} rehearse @param {AbortSignal} [signal] */
  const send = (values, rehearse, signal) => {
    const body = toBody(values, before);
    const query = rehearse ? { dry_run: true } : {};
    return before
      ? api.send('put', options.one, { path, query, body, version, signal })
      : api.send('post', options.list, { path, query, body, signal });
  };
  /** @param {any} answer */
  const showWarnings = (answer) => {
    fill(warnings, warningBox(answer?.data?.warnings));
  };
  const made = form({
    parts: [...parts, { node: warnings }],
    initial: base,
    draft: options.draft,
    send: t('保存', 'Save'),
    signal: context.signal,
    buttons: options.buttons,
    check: options.checks ? (values, signal) => send(values, true, signal) : undefined,
    checked: (answer) => {
      showWarnings(answer);
      if (answer) options.checked?.(answer.data);
    },
    submit: (values) => send(values, false),
    done: (answer) => {
      const view = options.viewOf ? options.viewOf(answer.data) : answer.data;
      toast(t('已保存', 'Saved'));
      for (const { message } of answer.data.warnings ?? []) toast(t(message.zh, message.en), 'bad');
      go(options.page(view));
    },
    refused: async (problem) => {
      if (problem.kind !== 'stale' || !id) return false;
      const now = await readVersion(options.one, path, context.signal);
      const merged = await settle(parts, base, toValues(now.data), made.values);
      if (!merged) return true;
      before = now.data;
      version = now.etag;
      Object.assign(base, toValues(now.data));
      made.set(merged);
      toast(t('已按您的选择合并,请核对后再次保存', 'Merged as you chose: look it over and save again'));
      return true;
    },
  });
  return made;
}

/** @param {string} pattern @param {Record<string, string>} path @param {AbortSignal} signal */
async function readVersion(pattern, path, signal) {
  const { data, etag } = await api.send('get', pattern, { path, signal });
  return { data, etag };
}

/**
 * Somebody else changed the record meanwhile: shows field by field what stood there, what stands there now and what was
 * typed here, and lets the reader choose.
 * @param {Part[]} parts @param {Values} base @param {Values} theirs @param {Values} mine
 * @returns {Promise<Values | null>}
 */
async function settle(parts, base, theirs, mine) {
  const fields = parts.flatMap((part) => ('name' in part ? [part] : []));
  const differing = fields.filter(({ name }) => (theirs[name] ?? '') !== (base[name] ?? '') || (mine[name] ?? '') !== (theirs[name] ?? ''));
  /** @type {Values} */
  const chosen = { ...theirs };
  /** @param {import('./form.js').Field} field @param {string | undefined} value */
  const shown = (field, value) => field.choices?.find((one) => one.value === value)?.text ?? (value || t('(空)', '(empty)'));
  const rows = differing.map((field) => {
    const { name } = field;
    const isMine = (mine[name] ?? '') !== (base[name] ?? '');
    const isTheirs = (theirs[name] ?? '') !== (base[name] ?? '');
    chosen[name] = (isMine ? mine[name] : theirs[name]) ?? '';
    const group = newId('choice');
    /** @param {string} value @param {boolean} checked @param {string} label */
    const option = (value, checked, label) =>
      h('label', { class: 'choice' }, h('input', { type: 'radio', name: group, checked, 'aria-label': label, onchange: () => { chosen[name] = value; } }), ' ', shown(field, value));
    return h(
      'tr',
      { class: isMine && isTheirs ? 'warn' : null },
      h('th', { scope: 'row' }, field.title),
      h('td', null, shown(field, base[name])),
      h('td', null, option(theirs[name] ?? '', !isMine, `${field.title}:${t('他人修改后', 'theirs')}`)),
      h('td', null, option(mine[name] ?? '', isMine, `${field.title}:${t('我填写的', 'mine')}`)),
    );
  });
  return dialog({
    title: t('内容已被他人修改', 'Somebody else has changed it'),
    wide: true,
    body: [
      h('p', null, t('您打开之后,他人保存了新的内容。请逐项选择保留哪一个;标黄的各方都改过。', 'Somebody saved it after you opened it. Choose what to keep, field by field; where both changed it the row is yellow.')),
      h(
        'div',
        { class: 'table-scroll plain' },
        h(
          'table',
          { class: 'table' },
          h('thead', null, h('tr', null, [t('项目', 'Field'), t('打开时', 'When opened'), t('他人修改后', 'Theirs'), t('我填写的', 'Mine')].map((text) => h('th', { scope: 'col' }, text)))),
          h('tbody', null, rows),
        ),
      ),
    ],
    buttons: [{ text: t('按选择合并', 'Merge as chosen'), kind: 'primary', act: () => chosen }],
  });
}
