// A pre-check by its reference: read, printed, carried on.

import * as api from '../app/api.js';
import { h, newId } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { precheckResult } from '../app/precheck-result.js';
import { link } from '../app/router.js';
import { styles } from '../app/styles.js';
import { toast } from '../app/toast.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { params, signal, title }) {
  await styles('precheck');
  const precheck = await api.get('/api/v1/prechecks/{reference}', { path: { reference: params['reference'] ?? '' }, signal });
  title(t('企业用地预审结果', 'Pre-check'));
  const whole = newId('whole');
  const workings = h('input', { id: whole, type: 'checkbox' });
  document.getElementById('page-tools')?.append(
    h('a', { class: 'button', href: link('precheck', { from: precheck.reference }) }, t('修改后重新预审', 'Change it and check again')),
    h('button', { type: 'button', onclick: () => { void navigator.clipboard?.writeText(precheck.reference).then(() => toast(t('预审编号已复制', 'The reference was copied'))); } }, t('复制编号', 'Copy the reference')),
    h('span', { class: 'print-choice' }, workings, h('label', { for: whole }, t('含计算过程', 'with workings'))),
    h('button', { type: 'button', class: 'primary', onclick: () => window.print() }, t('打印', 'Print')),
  );
  root.append(...precheckResult(precheck, { mend: true }).flat().filter((part) => part instanceof Node));
  /** Those that were opened for the print alone. @type {HTMLDetailsElement[]} */
  let opened = [];
  window.addEventListener('beforeprint', () => {
    if (!workings.checked) return;
    opened = [...root.querySelectorAll('details')].filter((one) => !one.open);
    for (const one of opened) one.open = true;
  }, { signal });
  window.addEventListener('afterprint', () => {
    for (const one of opened) one.open = false;
    opened = [];
  }, { signal });
}
