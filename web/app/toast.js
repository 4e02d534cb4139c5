// Short messages that come and go; screen readers hear them.

import { h } from './dom.js';
import { t } from './i18n.js';
import { isAbort, sentence } from './problem.js';

const GOOD_MS = 5000;

function place() {
  const found = document.getElementById('toasts');
  if (found) return found;
  const made = h('div', { id: 'toasts', class: 'toasts no-print', role: 'status', 'aria-live': 'polite' });
  document.body.append(made);
  return made;
}

/** @param {string} text @param {'good' | 'bad'} [kind] */
export function toast(text, kind = 'good') {
  const one = h(
    'div',
    { class: `toast ${kind}` },
    h('span', null, text),
    h('button', { type: 'button', class: 'icon', 'aria-label': t('关闭', 'Close'), onclick: () => one.remove() }, '×'),
  );
  place().append(one);
  // A failure stays until somebody has read it.
  if (kind === 'good') setTimeout(() => one.remove(), GOOD_MS);
}

/** Shows what went wrong, unless the reader left. @param {unknown} error */
export function toastProblem(error) {
  if (!isAbort(error)) toast(sentence(error), 'bad');
}
