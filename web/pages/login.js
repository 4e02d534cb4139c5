// Signing in, on a page of its own.

import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { go, link } from '../app/router.js';
import { signInForm } from '../app/sign-in.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, { query }) {
  const form = signInForm(() => {
    const [path = '', search = ''] = (query.get('to') ?? '').split(/\?(.*)/s);
    go(path, new URLSearchParams(search), { replace: true });
    window.dispatchEvent(new Event('dizhang:signed-in'));
  });
  root.append(
    h(
      'div',
      { class: 'login panel' },
      form.element,
      h('p', { class: 'small' }, h('a', { href: link('password') }, t('用一次性口令设置密码', 'Set a password with a one-time secret'))),
      h('p', { class: 'quiet small' }, t('共用电脑请在离开前退出登录。', 'On a shared computer, sign out before you leave.')),
    ),
  );
  form.element.querySelector('input')?.focus();
}
