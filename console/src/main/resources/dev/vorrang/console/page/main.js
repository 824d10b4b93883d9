// Start: who is there, then the page of the address.
import { html, render, useValue } from './core/dom.js';
import './core/prefs.js';
import { loadMe } from './core/api.js';
import { language, t } from './core/i18n.js';
import { start } from './core/live.js';
import { drain } from './core/outbox.js';
import { go, place } from './core/router.js';
import { Failure } from './parts/basics.js';
import { Shell } from './shell.js';
import { LoginPage, takePlace } from './account/login.js';
import { Desk } from './mail/desk.js';
import { Machines } from './machines/machines.js';
import { Demand } from './demand/demand.js';
import { Operations } from './operations/operations.js';

const VIEWS = { '/': Desk, '/machines': Machines, '/demand': Demand, '/operations': Operations };

function App() {
  useValue(language);
  const { path, params } = useValue(place);
  const View = VIEWS[path];
  return html`<${Shell}>${View ? html`<${View} key=${path} params=${params} />` : html`<p class="empty">${t('problem.title.missing')}</p>`}<//>`;
}

const root = document.getElementById('app');

async function boot() {
  if (location.pathname === '/login') {
    render(html`<${LoginPage} />`, root);
    return;
  }
  try {
    await loadMe();
  } catch (problem) {
    if (problem.status === 401) {
      location.replace(`/login?to=${encodeURIComponent(location.pathname + location.search)}`);
    } else {
      render(html`<main class="login-page"><${Failure} error=${problem} again=${() => location.reload()} /></main>`, root);
    }
    return;
  }
  const to = takePlace();
  if (to) {
    go(to, { replace: true });
  }
  start();
  drain();
  render(html`<${App} />`, root);
}

boot();
