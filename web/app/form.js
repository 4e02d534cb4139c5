// Forms: labelled fields, problems beside the field they are about, checks by the service while somebody types, and a
// draft that outlives a reload.

import { unattended } from './api.js';
import { draft, dropDraft, keepDraft } from './drafts.js';
import { append, fill, h, later, newId } from './dom.js';
import { say, t } from './i18n.js';
import { decimal } from './numbers.js';
import { Problem, isAbort, problemBox } from './problem.js';

/** @typedef {import('./dom.js').Children} Children */
/** @typedef {Record<string, string>} Values what is typed, by field; a ticked box is `true` */

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} title
 * @property {'text' | 'textarea' | 'decimal' | 'integer' | 'select' | 'day' | 'month' | 'check' | 'password' | 'file' | 'list'} [kind]
 * @property {string | ((values: Values) => string)} [pointer] what the service calls it; `/name` unless given. Of a member of a
 *   list it depends on which of its neighbours are filled in
 * @property {boolean} [required]
 * @property {string} [help]
 * @property {string} [unit] said behind the field
 * @property {{ value: string, text: string }[]} [choices] of a `select`, or suggestions of a `list`
 * @property {string} [none] what a `select` calls no choice
 * @property {number} [most] characters
 * @property {number} [decimals] of a `decimal`
 * @property {string} [accept] of a `file`
 * @property {string} [autocomplete]
 * @property {boolean} [wide]
 * @property {boolean} [readonly]
 * @property {(values: Values) => boolean} [shown] whether it is asked for at all
 * @property {(value: string, values: Values) => string | null | undefined | false} [check] what is wrong with it
 * @property {(text: string, signal: AbortSignal) => Promise<{ value: string, text: string }[]>} [search] suggestions while typing
 */

/**
 * @typedef {{ heading: string, note?: Children, shown?: (values: Values) => boolean, columns?: 4 }} Section `columns`: the fields below stand
 *   in that many, so that those of one thing make a row
 */
/** @typedef {{ node: HTMLElement, pointer?: string }} Custom an element of the page's own; problems below its pointer stand beneath it */
/** @typedef {Field | Section | Custom} Part */

/**
 * @template Result
 * @typedef {object} FormOptions
 * @property {Part[]} parts
 * @property {Values} [initial]
 * @property {string} [draft] the name its draft is kept under
 * @property {string} send the text of the main button
 * @property {(values: Values, files: Record<string, File | undefined>) => Promise<Result>} submit
 * @property {(result: Result) => void} [done]
 * @property {(values: Values, signal: AbortSignal) => Promise<unknown>} [check] asks the service whether what stands there would
 *   do; a {@link Problem} is shown beside its fields, anything else it gives goes to `checked`
 * @property {(answer: any) => void} [checked]
 * @property {(values: Values) => void} [changed]
 * @property {(problem: Problem) => boolean | Promise<boolean>} [refused] true: the page has dealt with it
 * @property {Children} [buttons] beside the main button
 * @property {AbortSignal} [signal]
 */

const TYPING_MS = 600;
const LEAVING_MS = 200;

/** @param {Part} part @returns {part is Field} */
const isField = (part) => 'name' in part;

/**
 * @template Result
 * @param {FormOptions<Result>} options
 */
export function form(options) {
  /** @type {Values} */
  const values = { ...options.initial };
  const kept = options.draft ? /** @type {Values | null} */ (draft(options.draft)) : null;
  if (kept) Object.assign(values, kept);
  /** @type {Record<string, File | undefined>} */
  const files = {};
  /** Fields that were left or sent once: only then is it said that something is missing. @type {Set<string>} */
  const visited = new Set();
  /** @type {Map<string, { field: Field, input: HTMLElement, box: HTMLElement, error: HTMLElement }>} */
  const fields = new Map();
  /** @type {{ pointer: string, error: HTMLElement }[]} */
  const customs = [];
  /** @type {{ section: Section, heading: HTMLElement }[]} */
  const sections = [];
  /** What the service said last, by field. @type {Map<string, string>} */
  let said = new Map();

  const summary = h('div', { class: 'form-summary' });
  const notice = h('p', { class: 'draft-notice quiet small', role: 'status' });
  const main = h('button', { type: 'submit', class: 'primary' }, options.send);
  const element = h(
    'form',
    { class: 'form', novalidate: true, autocomplete: 'off', onsubmit: send },
    notice,
    grids(options.parts),
    summary,
    h('div', { class: 'form-buttons' }, main, options.buttons),
  );

  if (kept) {
    fill(
      notice,
      t('已恢复上次未提交的内容。', 'What you had not sent is here again. '),
      h('button', { type: 'button', class: 'link', onclick: discard }, t('放弃并重新填写', 'Discard it')),
    );
  }

  /** A grid of fields, and one of its own for each section that says how wide it is. @param {Part[]} parts */
  function grids(parts) {
    const made = [h('div', { class: 'fields' })];
    for (const part of parts) {
      if ('heading' in part && (part.columns || made.at(-1)?.classList.contains('in-rows'))) {
        made.push(h('div', { class: part.columns ? 'fields in-rows' : 'fields' }));
      }
      made.at(-1)?.append(draw(part));
    }
    return made;
  }

  /** @param {Part} part */
  function draw(part) {
    if ('node' in part) {
      if (!part.pointer) return h('div', { class: 'field wide' }, part.node);
      const error = h('p', { class: 'field-error' });
      customs.push({ pointer: part.pointer, error });
      return h('div', { class: 'field wide' }, part.node, error);
    }
    if (!isField(part)) {
      const heading = h('div', { class: 'form-section' }, h('h3', null, part.heading), part.note && h('p', { class: 'quiet' }, part.note));
      if (part.shown) sections.push({ section: part, heading });
      return heading;
    }
    return drawField(part);
  }

  /** @param {Field} field */
  function drawField(field) {
    const id = newId('field');
    const value = values[field.name] ?? '';
    const described = `${id}-help ${id}-error`;
    const common = {
      id, name: field.name, required: field.required, 'aria-describedby': described, readonly: field.readonly,
      autocomplete: field.autocomplete ?? 'off', maxlength: field.most,
    };
    /** @type {HTMLElement} */
    let input;
    /** @type {HTMLElement | null} */
    let suggestions = null;
    if (field.kind === 'textarea') input = h('textarea', { ...common, rows: 3, value });
    else if (field.kind === 'select') {
      input = h(
        'select',
        { id, name: field.name, required: field.required, 'aria-describedby': described, disabled: field.readonly },
        h('option', { value: '' }, field.none ?? t('请选择', 'Choose')),
        (field.choices ?? []).map((one) => h('option', { value: one.value, selected: one.value === value }, one.text)),
      );
    } else if (field.kind === 'check') {
      input = h('input', { id, name: field.name, type: 'checkbox', checked: value === 'true', 'aria-describedby': described });
    } else if (field.kind === 'file') {
      input = h('input', { id, name: field.name, type: 'file', accept: field.accept, required: field.required, 'aria-describedby': described });
    } else {
      const type = { day: 'date', month: 'month', password: 'password' }[/** @type {string} */ (field.kind ?? '')] ?? 'text';
      const isNumber = field.kind === 'decimal' || field.kind === 'integer';
      const listed = field.search || field.kind === 'list';
      input = h('input', {
        ...common, type, value, list: listed ? `${id}-list` : null,
        inputmode: field.kind === 'integer' ? 'numeric' : isNumber ? 'decimal' : null, class: isNumber && 'number',
      });
      if (listed) {
        suggestions = h('datalist', { id: `${id}-list` }, (field.choices ?? []).map((one) => h('option', { value: one.value }, one.text)));
        if (field.search) input.addEventListener('input', later(250, () => void suggest(field, /** @type {HTMLElement} */ (suggestions))));
      }
    }
    const error = h('p', { class: 'field-error', id: `${id}-error` });
    const label = h('label', { for: id }, field.title, field.required && h('span', { class: 'required', 'aria-hidden': 'true' }, ' *'));
    const help = h('p', { class: 'field-help', id: `${id}-help` }, field.help);
    const box =
      field.kind === 'check'
        ? h('div', { class: 'field check' }, input, label, help, error)
        : h(
            'div',
            { class: field.wide || field.kind === 'textarea' ? 'field wide' : 'field' },
            label,
            field.unit ? h('div', { class: 'with-unit' }, input, h('span', { class: 'unit' }, field.unit)) : input,
            suggestions, help, error,
          );
    input.addEventListener('input', () => take(field, input));
    input.addEventListener('change', () => take(field, input));
    // Said a moment later: a message that appears while a button is pressed would move the button away.
    input.addEventListener('blur', () => setTimeout(() => {
      visited.add(field.name);
      show();
    }, LEAVING_MS));
    fields.set(field.name, { field, input, box, error });
    return box;
  }

  /** @param {Field} field @param {HTMLElement} list */
  async function suggest(field, list) {
    const text = values[field.name] ?? '';
    try {
      const found = await field.search?.(text, options.signal ?? new AbortController().signal);
      fill(list, (found ?? []).map((one) => h('option', { value: one.value }, one.text)));
    } catch {
      // Suggestions are a help; without them the field works.
    }
  }

  /** @param {Field} field @param {HTMLElement} input */
  function take(field, input) {
    if (input instanceof HTMLInputElement && input.type === 'file') files[field.name] = input.files?.[0];
    else if (input instanceof HTMLInputElement && input.type === 'checkbox') values[field.name] = input.checked ? 'true' : '';
    else values[field.name] = /** @type {HTMLInputElement} */ (input).value;
    said.delete(field.name);
    changed();
  }

  function changed() {
    if (options.draft) {
      const passwords = [...fields.values()].filter(({ field }) => field.kind === 'password').map(({ field }) => field.name);
      keepDraft(options.draft, Object.fromEntries(Object.entries(values).filter(([name]) => !passwords.includes(name))));
    }
    options.changed?.(values);
    show();
    ask();
  }

  function discard() {
    if (options.draft) dropDraft(options.draft);
    for (const name of Object.keys(values)) delete values[name];
    set({ ...options.initial });
    notice.replaceChildren();
    visited.clear();
    if (options.draft) dropDraft(options.draft);
  }

  /** Writes values into the fields. @param {Values} change */
  function set(change) {
    Object.assign(values, change);
    for (const { field, input } of fields.values()) {
      if (field.kind === 'file') continue;
      const value = values[field.name] ?? '';
      if (input instanceof HTMLInputElement && input.type === 'checkbox') input.checked = value === 'true';
      else /** @type {HTMLInputElement} */ (input).value = value;
    }
    changed();
  }

  /** What is wrong with a field by itself. @param {Field} field */
  function fault(field) {
    const value = (values[field.name] ?? '').trim();
    const missing = field.kind === 'file' ? !files[field.name] : !value;
    if (missing) return field.required ? t('必填', 'This is needed') : null;
    if (field.kind === 'integer' && !/^\d+$/.test(value)) return t('应为整数', 'A whole number is needed');
    if (field.kind === 'decimal') {
      const number = decimal(value);
      if (!number) return t('应为数字,如 12500.25', 'A number such as 12500.25 is needed');
      if (field.decimals !== undefined && number.scale > field.decimals) {
        return t(`至多 ${field.decimals} 位小数`, `At most ${field.decimals} decimals`);
      }
    }
    return field.check?.(value, values) || null;
  }

  const isShown = (/** @type {Field} */ field) => !field.shown || field.shown(values);

  /** Shows the faults beside the fields; answers the first field that has one. @returns {HTMLElement | null} */
  function show() {
    /** @type {HTMLElement | null} */
    let first = null;
    for (const { section, heading } of sections) heading.hidden = !section.shown?.(values);
    for (const { field, input, box, error } of fields.values()) {
      box.hidden = !isShown(field);
      const own = box.hidden || !visited.has(field.name) ? null : fault(field);
      // Of fields that nobody has come to yet nothing is said.
      const text = own ?? (visited.has(field.name) || values[field.name]?.trim() ? said.get(field.name) : null) ?? '';
      error.textContent = text;
      if (text) {
        input.setAttribute('aria-invalid', 'true');
        first ??= input;
      } else {
        input.removeAttribute('aria-invalid');
      }
    }
    return first;
  }

  let checking = new AbortController();
  const ask = later(TYPING_MS, async () => {
    // What is wrong with the writing of a field is said already.
    if (!options.check || [...fields.values()].some(({ field }) => isShown(field) && values[field.name]?.trim() && fault(field))) return;
    checking.abort();
    checking = new AbortController();
    unattended.add(checking.signal);
    try {
      const answer = await options.check(values, checking.signal);
      said = new Map();
      summary.replaceChildren();
      for (const { error } of customs) error.textContent = '';
      options.checked?.(answer);
    } catch (error) {
      // That it cannot be asked now is said when it is sent.
      if (error instanceof Problem && (error.status === 422 || error.status === 409)) place(error, false);
    }
    show();
  });
  options.signal?.addEventListener('abort', () => checking.abort());

  /**
   * Puts the errors of a problem beside their fields, the others into the box below.
   * @param {unknown} problem @param {boolean} sent
   */
  function place(problem, sent) {
    said = new Map();
    for (const { error } of customs) error.textContent = '';
    if (!(problem instanceof Problem)) {
      fill(summary, problemBox(problem));
      return;
    }
    const rest = problem.errors.filter((one) => {
      const found = nearest(one.pointer);
      if (found) {
        const { field } = found;
        said.set(field.name, [said.get(field.name), say(one.message)].filter(Boolean).join(';'));
        return false;
      }
      const custom = customs.find(({ pointer }) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
      if (custom) append(custom.error, h('span', null, say(one.message), ' ', h('code', { class: 'pointer' }, one.pointer)));
      return !custom;
    });
    if (sent || rest.length > 0 || problem.errors.length === 0) fill(summary, problemBox(problem, rest));
    else summary.replaceChildren();
  }

  /** The field a pointer belongs to: its own, or the longest that leads to it. @param {string} pointer */
  function nearest(pointer) {
    const asked = pointer.replace(/^\?/, '/');
    return [...fields.values()]
      .map((one) => ({ ...one, own: (typeof one.field.pointer === 'function' ? one.field.pointer(values) : one.field.pointer ?? `/${one.field.name}`).replace(/^\?/, '/') }))
      .filter(({ own, box }) => !box.hidden && (asked === own || asked.startsWith(`${own}/`)))
      .sort((a, b) => b.own.length - a.own.length)[0];
  }

  /** @param {SubmitEvent} event */
  async function send(event) {
    event.preventDefault();
    if (main.disabled) return;
    for (const name of fields.keys()) visited.add(name);
    said = new Map();
    const first = show();
    if (first) {
      fill(summary, h('div', { class: 'box bad', role: 'alert' }, h('p', { class: 'box-title' }, t('请先更正标红的内容', 'Mend what is marked first'))));
      first.focus();
      return;
    }
    summary.replaceChildren();
    main.disabled = true;
    element.setAttribute('aria-busy', 'true');
    try {
      const shown = Object.fromEntries(
        Object.entries(values).filter(([name]) => { const found = fields.get(name); return !found || isShown(found.field); }),
      );
      const result = await options.submit(shown, files);
      if (options.draft) dropDraft(options.draft);
      notice.replaceChildren();
      options.done?.(result);
    } catch (error) {
      if (isAbort(error)) return;
      if (error instanceof Problem && (await options.refused?.(error))) return;
      place(error, true);
      const wrong = show();
      if (wrong) wrong.focus();
      else summary.scrollIntoView({ block: 'nearest' });
    } finally {
      main.disabled = false;
      element.removeAttribute('aria-busy');
    }
  }

  show();
  if (kept) ask();
  return { element, values, set, show, place, changed };
}

/** What was typed, or nothing. @param {string | undefined} value */
export const given = (value) => {
  const text = value?.trim();
  return text ? text : undefined;
};

/** A decimal that was typed, as the API takes it. @param {string | undefined} value */
export const givenDecimal = (value) => given(value)?.replaceAll(/[,,\s]/g, '');

/** A whole number that was typed. @param {string | undefined} value */
export const givenInteger = (value) => {
  const text = givenDecimal(value);
  return text && /^\d+$/.test(text) ? Number(text) : undefined;
};

/**
 * A reference: an id as a number if it looks like one of the service's, a code otherwise.
 * @param {string | undefined} value
 */
export const givenReference = (value) => {
  const text = given(value);
  return text && /^\d{10,15}$/.test(text) ? Number(text) : text;
};
