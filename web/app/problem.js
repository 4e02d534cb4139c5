// What can go wrong with a request, as one kind of error (RFC 9457), and how it is shown.

import { h, fill } from './dom.js';
import { say, t } from './i18n.js';

/** @typedef {import('../types.js').Schema<'ProblemBody'>} ProblemBody */
/** @typedef {import('../types.js').Schema<'FieldError'>} FieldError */

/** An answer of the service that says what is wrong. */
export class Problem extends Error {
  /** @param {ProblemBody} body */
  constructor(body) {
    super(body.detail);
    this.body = body;
    this.status = body.status;
    /** The last part of the type: `invalid`, `stale`, … */
    this.kind = body.type.split('/').pop() ?? '';
    /** @type {FieldError[]} */
    this.errors = body.errors ?? [];
    this.requestId = body.request_id;
  }

  get title() {
    return say(this.body.title_text) || this.body.title;
  }

  get detail() {
    return say(this.body.detail_text) || this.body.detail;
  }
}

/** The service was not reached. */
export class Unreachable extends Error {
  constructor() {
    super(t('连接不上服务;已填写的内容仍在,请稍后重试', 'The service cannot be reached. What you typed is kept: try again shortly.'));
  }
}

/** The reader left the page; nobody needs to be told. @param {unknown} error */
export const isAbort = (error) => error instanceof DOMException && error.name === 'AbortError';

/** One sentence for a toast. @param {unknown} error */
export function sentence(error) {
  if (error instanceof Problem) return error.detail ? `${error.title}:${error.detail}` : error.title;
  return error instanceof Error ? error.message : String(error);
}

/**
 * A box that names a problem, the errors that stand beside no field, and the id to quote.
 * @param {unknown} error
 * @param {FieldError[]} [errors] those to list; all of the problem's unless given
 */
export function problemBox(error, errors) {
  const box = h('div', { class: 'box bad', role: 'alert' });
  if (!(error instanceof Problem)) {
    fill(box, h('p', { class: 'box-title' }, sentence(error)));
    return box;
  }
  const listed = errors ?? error.errors;
  fill(
    box,
    h('p', { class: 'box-title' }, error.title),
    // Where fields are wrong they say so themselves; the detail only counts them.
    error.detail && error.errors.length === 0 && h('p', null, error.detail),
    listed.length > 0 &&
      h(
        'ul',
        null,
        listed.map((one) => h('li', null, say(one.message), one.pointer && h('code', { class: 'pointer' }, one.pointer))),
      ),
    h('p', { class: 'quiet small' }, t('请求编号', 'Request'), ' ', h('code', null, error.requestId)),
  );
  return box;
}
