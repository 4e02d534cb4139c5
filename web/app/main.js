// Starts the page: who is signed in, which page the address names, and its life until the reader goes elsewhere.

import * as api from './api.js';
import { dialog } from './dialog.js';
import { fill, h } from './dom.js';
import { languageTag, t } from './i18n.js';
import { layout, mayOpen } from './layout.js';
import { isAbort, problemBox } from './problem.js';
import { go, link, match, place } from './router.js';
import * as session from './session.js';
import { signInForm } from './sign-in.js';
import { toastProblem } from './toast.js';
import { PAGES } from '../pages/list.js';

let frame = layout(redraw);
let life = new AbortController();

/** Draws the frame and the page anew: another language, county, unit or person. */
function redraw() {
  frame = layout(redraw);
  void open();
}

/** @param {string} path */
function find(path) {
  for (const page of PAGES) {
    const params = match(page.route, path);
    if (params) return { page, params };
  }
  return null;
}

/** Opens the page that the address names. */
async function open() {
  life.abort();
  life = new AbortController();
  const { signal } = life;
  const { path, query } = place();
  const { main } = frame;
  const found = find(path);
  frame.mark(found ? found.page.route : path);
  if (!found) return say(t('没有这个页面', 'There is no such page'), h('a', { href: link('') }, t('回到首页', 'Back to the start')));
  const { page, params } = found;
  if (!mayOpen(page)) {
    if (!session.state.me) return go('login', { to: `${path}?${query}`.replace(/\?$/, '') }, { replace: true });
    return say(t('您没有打开此页的权限', 'You may not open this page'), t('请向系统管理员申请角色。', 'Ask your administrator for a role.'));
  }
  const heading = h('h1', { tabindex: '-1' }, t(...page.title));
  const root = h('div', { class: 'page', 'aria-busy': 'true' });
  fill(main, h('div', { class: 'page-head' }, heading, h('div', { id: 'page-tools', class: 'page-tools no-print' })), root);
  name(t(...page.title));
  window.scrollTo(0, 0);
  heading.focus({ preventScroll: true });
  try {
    const module = await page.load();
    if (signal.aborted) return;
    await module.render(root, {
      county: session.state.county,
      me: session.state.me,
      can: session.can,
      params,
      query,
      signal,
      title(text) {
        heading.textContent = text;
        name(text);
      },
    });
  } catch (error) {
    if (signal.aborted || isAbort(error)) return;
    // The service was renewed while this window stood open: its modules have another address now.
    if (error instanceof TypeError && /import|module/i.test(error.message)) {
      fill(root, h('div', { class: 'box' }, h('p', null, t('系统已更新,请刷新页面。', 'The service was renewed: load the page again.')), h('button', { type: 'button', onclick: () => location.reload() }, t('刷新', 'Reload'))));
      return;
    }
    console.error(error);
    fill(root, problemBox(error), h('button', { type: 'button', onclick: () => void open() }, t('重试', 'Try again')));
  } finally {
    root.removeAttribute('aria-busy');
  }
}

/** @param {string} heading @param {import('./dom.js').Children} more */
function say(heading, more) {
  fill(frame.main, h('div', { class: 'page-head' }, h('h1', { tabindex: '-1' }, heading)), h('p', null, more));
  name(heading);
}

/** @param {string} text */
function name(text) {
  document.title = `${text} · ${t('地账', 'Dizhang')}`;
}

/** @type {Promise<boolean> | null} */
let asking = null;

// The session ended while somebody worked: they sign in above the page, which keeps what they typed.
api.expired.handle = () => {
  if (!session.state.me) return Promise.resolve(false);
  const before = session.state.me.id;
  asking ??= (async () => {
    const form = signInForm(() => /** @type {HTMLDialogElement | null} */ (form.element.closest('dialog'))?.close());
    await dialog({ title: t('登录已过期,请重新登录', 'Your session has ended: sign in again'), body: form.element, buttons: [] });
    asking = null;
    if (session.state.me && session.state.me.id !== before) redraw();
    return form.isDone();
  })();
  return asking;
};

session.onSignedOutElsewhere(() => {
  go('login');
  redraw();
});

window.addEventListener('hashchange', () => void open());
// What nobody waits for may fail all the same: the reader is told, unless they left.
window.addEventListener('unhandledrejection', (event) => {
  if (isAbort(event.reason)) event.preventDefault();
  else toastProblem(event.reason);
});
window.addEventListener('dizhang:signed-in', () => redraw());
document.documentElement.lang = languageTag();

try {
  await session.load();
} catch (error) {
  fill(frame.main, problemBox(error), h('button', { type: 'button', onclick: () => location.reload() }, t('重试', 'Try again')));
  throw error;
}
redraw();
