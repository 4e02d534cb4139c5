// Dialogs on the browser's own <dialog>: it keeps the focus inside, closes with Escape and gives the focus back.

import { h, newId } from './dom.js';
import { t } from './i18n.js';
import { isAbort, problemBox } from './problem.js';

/** @typedef {import('./dom.js').Children} Children */

/**
 * @template T
 * @typedef {object} DialogButton
 * @property {string} text
 * @property {'primary' | 'danger' | 'plain'} [kind]
 * @property {() => T | Promise<T>} [act] what is done; the dialog closes with what it gives. If it fails, the problem is shown
 *   and the dialog stays
 */

/**
 * Shows a dialog; answers what its button gave, or null when it was closed.
 * @template T
 * @param {{ title: string, body: Children, buttons?: DialogButton<T>[], wide?: boolean, modalOnly?: boolean }} options
 * @returns {Promise<T | null>}
 */
export function dialog({ title, body, buttons = [], wide, modalOnly }) {
  return new Promise((resolve) => {
    const heading = newId('dialog');
    const problems = h('div', { class: 'dialog-problems' });
    /** @type {T | null} */
    let result = null;
    /** @param {DialogButton<T>} button */
    const act = async (button) => {
      problems.replaceChildren();
      const all = [...box.querySelectorAll('button')];
      for (const one of all) one.disabled = true;
      try {
        result = button.act ? await button.act() : null;
        box.close();
      } catch (error) {
        if (!isAbort(error)) problems.replaceChildren(problemBox(error));
      } finally {
        for (const one of all) one.disabled = false;
      }
    };
    const box = h(
      'dialog',
      { class: wide ? 'dialog wide' : 'dialog', 'aria-labelledby': heading },
      h(
        // A body that is a form of its own needs none around it.
        buttons.length > 0 ? 'form' : 'div',
        {
          class: 'dialog-inside',
          novalidate: buttons.length > 0,
          onsubmit: (/** @type {SubmitEvent} */ event) => {
            event.preventDefault();
            const main = buttons.find((button) => button.kind === 'primary' || button.kind === 'danger');
            if (main) void act(main);
          },
        },
        h('h2', { id: heading, class: 'dialog-title' }, title),
        h('div', { class: 'dialog-body' }, ...[body].flat()),
        problems,
        h(
          'div',
          { class: 'dialog-buttons' },
          !modalOnly && h('button', { type: 'button', onclick: () => box.close() }, buttons.length ? t('取消', 'Cancel') : t('关闭', 'Close')),
          buttons.map((button, at) =>
            h(
              'button',
              {
                type: button.kind === 'primary' || button.kind === 'danger' ? 'submit' : 'button',
                class: button.kind ?? 'plain',
                onclick: (/** @type {Event} */ event) => {
                  event.preventDefault();
                  void act(/** @type {DialogButton<T>} */ (buttons[at]));
                },
              },
              button.text,
            ),
          ),
        ),
      ),
    );
    if (modalOnly) box.addEventListener('cancel', (event) => event.preventDefault());
    box.addEventListener('close', () => {
      box.remove();
      resolve(result);
    });
    document.body.append(box);
    box.showModal();
    const first = box.querySelector('[autofocus]') ?? box.querySelector('input, select, textarea');
    if (first instanceof HTMLElement) first.focus();
  });
}

/**
 * Asks whether something should be done; does it and answers whether it was.
 * @param {{ title: string, body: Children, yes: string, danger?: boolean, act: () => unknown }} options
 */
export async function confirm({ title, body, yes, danger, act }) {
  const done = await dialog({
    title,
    body,
    buttons: [{ text: yes, kind: danger ? 'danger' : 'primary', act: async () => { await act(); return true; } }],
  });
  return done === true;
}

/**
 * Asks for a sentence, such as why something is returned.
 * @template T
 * @param {{ title: string, body?: Children, label: string, yes: string, danger?: boolean, optional?: boolean, most?: number,
 *   act: (text: string) => T | Promise<T> }} options
 */
export function askText({ title, body, label, yes, danger, optional, most = 500, act }) {
  const id = newId('ask');
  const error = h('p', { class: 'field-error', id: `${id}-error` });
  const input = h('textarea', { id, rows: 3, maxlength: most, required: !optional, 'aria-describedby': `${id}-error` });
  return dialog({
    title,
    body: [body ?? null, h('div', { class: 'field' }, h('label', { for: id }, label), input, error)].flat(),
    buttons: [
      {
        text: yes,
        kind: danger ? 'danger' : 'primary',
        act: async () => {
          if (!optional && !input.value.trim()) {
            error.textContent = t('请填写', 'Please fill this in');
            input.focus();
            throw new DOMException('', 'AbortError');
          }
          return act(input.value.trim());
        },
      },
    ],
  });
}
