// The form that somebody signs in with: on its page, and above any page when a session has ended.

import { form } from './form.js';
import { t } from './i18n.js';
import * as session from './session.js';

/** @param {() => void} done */
export function signInForm(done) {
  let isDone = false;
  const made = form({
    parts: [
      { name: 'login', title: t('登录名', 'Login'), required: true, most: 50, autocomplete: 'username' },
      { name: 'password', title: t('密码', 'Password'), kind: 'password', required: true, most: 200, autocomplete: 'current-password' },
    ],
    initial: { login: session.state.me?.person?.login ?? '' },
    send: t('登录', 'Sign in'),
    submit: async ({ login = '', password = '' }) => session.signIn(login.trim(), password),
    done: () => {
      isDone = true;
      done();
    },
  });
  // Who signs in again has only the password to give.
  if (made.values['login']) made.element.querySelector('input[type=password]')?.setAttribute('autofocus', '');
  return { element: made.element, isDone: () => isDone };
}
