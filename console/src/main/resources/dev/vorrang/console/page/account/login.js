// Login: as a page of its own, and as a dialog when a session has ended in the middle of work.
import { html, useEffect, useRef, useState, useValue } from '../core/dom.js';
import { get, loadMe, me, post, sessionEnded } from '../core/api.js';
import { t } from '../core/i18n.js';
import { Button, Dialog } from '../parts/basics.js';

/** What the server offers: {password, openId}. */
async function loadOffers() {
  try {
    return await get('/session');
  } catch {
    return { password: true };
  }
}

function failureText(problem) {
  switch (problem.status) {
    case 0: return t('problem.offline');
    case 401: return t('login.wrong');
    case 429: return t('login.tooMany');
    default: return problem.message;
  }
}

function LoginForm({ user: knownUser, to, onDone }) {
  const [offers, setOffers] = useState({ password: true });
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const form = useRef(null);
  useEffect(() => {
    loadOffers().then(setOffers);
    form.current?.querySelector(knownUser ? '[name=password]' : '[name=user]')?.focus();
  }, []);
  const submit = async (event) => {
    event.preventDefault();
    const data = new FormData(form.current);
    setBusy(true);
    try {
      await post('/session', { user: data.get('user'), password: data.get('password') });
      await onDone();
    } catch (problem) {
      setFailure(failureText(problem));
      setBusy(false);
      form.current?.querySelector('[name=password]')?.select();
    }
  };
  return html`<div class="login-form">
    ${failure && html`<p class="failure-text" role="alert">${failure}</p>`}
    ${offers.password !== false && html`<form ref=${form} onSubmit=${submit}>
      <label>${t('login.user')}
        <input name="user" autocomplete="username" autocapitalize="none" spellcheck="false" required defaultValue=${knownUser} value=${knownUser} readOnly=${Boolean(knownUser)} />
      </label>
      <label>${t('login.password')}
        <input name="password" type="password" autocomplete="current-password" required autofocus=${Boolean(knownUser)} />
      </label>
      <button type="submit" class="button primary wide" disabled=${busy}>${t('login.submit')}</button>
    </form>`}
    ${offers.password === false && !offers.openId && html`<p>${t('login.linkOnly')}</p>`}
    ${offers.openId && html`<a class="button wide" href="/login/oidc" onClick=${() => keepPlace(to)}>${t('login.openId')}</a>`}
  </div>`;
}

const PLACE = 'vorrang.place';

/** Where to go on after a login that leaves the page. */
function keepPlace(to) {
  try {
    sessionStorage.setItem(PLACE, to);
  } catch {
    // Storage is switched off: the page begins at its start.
  }
}

/** Where to go on, once; null for where one is. */
export function takePlace() {
  try {
    const to = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    return to && ownPath(to);
  } catch {
    return null;
  }
}

/** A path of this site, and nothing else. */
function ownPath(to) {
  return to && /^\/(?![/\\])/.test(to) ? to : '/';
}

export function LoginPage() {
  const [failure, setFailure] = useState('');
  const to = ownPath(new URLSearchParams(location.search).get('to'));
  const enter = async () => {
    await loadMe();
    location.replace(to);
  };
  useEffect(() => {
    document.title = `${t('login.title')} · Vorrang`;
    const hash = new URLSearchParams(location.hash.slice(1));
    const token = hash.get('token');
    if (hash.get('error') === 'openid') {
      setFailure(t('login.openIdFailed'));
    }
    if (token) {
      // The token must not stay in the history.
      history.replaceState(null, '', location.pathname + location.search);
      post('/session', { token }).then(enter, (problem) => setFailure(problem.status === 401 ? t('login.tokenUsed') : failureText(problem)));
    }
  }, []);
  return html`<main class="login-page">
    <div class="login-card">
      <img src=${new URL('../img/vorrang.svg', import.meta.url).pathname} width="44" height="44" alt="" />
      <h1>${t('login.title')}</h1>
      ${failure && html`<p class="failure-text" role="alert">${failure}</p>`}
      <${LoginForm} to=${to} onDone=${enter} />
    </div>
  </main>`;
}

/** Over the page, which keeps all that was typed; what was about to be sent goes out afterwards. */
export function LoginAgain() {
  const ended = useValue(sessionEnded);
  const before = useValue(me);
  if (!ended || !before) {
    return null;
  }
  return html`<${Dialog} title=${t('login.again')} onClose=${() => {}} class="login-again">
    <p>${t('login.againText')}</p>
    <${LoginForm} user=${before.user} to=${location.pathname + location.search} onDone=${loadMe} />
    <p class="hint"><${Button} kind="link" onClick=${() => location.assign('/login')}>${t('login.other')}<//></p>
  <//>`;
}
