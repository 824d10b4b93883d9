// Logout: ends the session, and forgets in every tab what is private. What a person has chosen for this browser stays.
import { me, remove } from '../core/api.js';
import { t } from '../core/i18n.js';
import { stop } from '../core/live.js';
import { forget } from '../core/outbox.js';
import { toast } from '../parts/toasts.js';

const tabs = new BroadcastChannel('vorrang.logout');
tabs.onmessage = leave;

/** All that is kept for a tab is private: drafts, what waits to be sent, where to go on. */
function leave() {
  stop();
  forget();
  try {
    sessionStorage.clear();
  } catch {
    // Storage is switched off: nothing was kept.
  }
  if (me.get()) {
    location.assign('/login');
  }
}

export async function logOut() {
  try {
    await remove('/session');
  } catch (problem) {
    if (problem.status !== 401) {
      toast(t('menu.notLoggedOut'), { kind: 'bad' });
      return;
    }
  }
  tabs.postMessage('');
  leave();
}
