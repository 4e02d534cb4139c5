// Elements from code. Text is always text: nothing here reads markup, so nothing that somebody typed becomes any.

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Child | Child[]} Children */

/**
 * Properties of an element: `on…` listens, `class`, `data-…`, `aria-…` and the like are attributes; `true` sets an
 * attribute without a value; `null`, `undefined` and `false` leave it out.
 * @typedef {Record<string, unknown>} Properties
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Properties | null} [properties]
 * @param {...Children} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  set(element, properties ?? {});
  append(element, ...children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element of a drawing.
 * @param {string} tag
 * @param {Properties | null} [properties]
 * @param {...Children} children
 * @returns {SVGElement}
 */
export function svg(tag, properties, ...children) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  set(element, properties ?? {});
  append(element, ...children);
  return element;
}

/** @param {Element} element @param {Properties} properties */
function set(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on') && typeof value === 'function') {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else if (name === 'value' && 'value' in element) {
      /** @type {{ value: unknown }} */ (element).value = value;
    } else if (name === 'checked' && element instanceof HTMLInputElement) {
      element.checked = Boolean(value);
    } else if (name === 'style') {
      throw new Error('styles stand in web/style: the policy of the page refuses others');
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
}

/** @param {Element | DocumentFragment} parent @param {...Children} children */
export function append(parent, ...children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}

/** Puts new contents in the place of the old. @param {Element} parent @param {...Children} children */
export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, ...children);
}

let ids = 0;

/** An id that nothing else on the page has. @param {string} [what] */
export const newId = (what = 'i') => `${what}-${(ids += 1)}`;

/**
 * Waits until nothing has happened for a while.
 * @template {unknown[]} A
 * @param {number} milliseconds
 * @param {(...args: A) => void} action
 * @returns {(...args: A) => void}
 */
export function later(milliseconds, action) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => action(...args), milliseconds);
  };
}
