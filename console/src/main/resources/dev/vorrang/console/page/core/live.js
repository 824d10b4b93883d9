// What the server tells as it happens. Lists load again once it begins to tell, for what was before is not told.
import { observable } from './dom.js';
import { me, loadMe, sessionEnded } from './api.js';

const listeners = { scored: new Set(), desk: new Set() };
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;
const HIDDEN_FOR = 60_000;

/** online: the stream of events is open. connected: the console reads the topics. behind: records that it has still to read. */
export const health = observable({ online: true, connected: true, behind: 0 });
/** Grows whenever something may have been missed. */
export const missed = observable(0);

let source = null;
let wait = FIRST_WAIT;
let retry = 0;
let hiding = 0;
let paused = false;

export function onChange(kind, listener) {
  listeners[kind].add(listener);
  return () => listeners[kind].delete(listener);
}

/** Tells this page's listeners of a change, as the server will tell all others. */
export function tell(kind, value) {
  listeners[kind].forEach((listener) => listener(value));
}

export function start() {
  stop();
  let greeted = false;
  source = new EventSource('/api/v1/live');
  source.onopen = () => {
    wait = FIRST_WAIT;
    health.set({ ...health.get(), online: true });
  };
  source.onerror = () => {
    health.set({ ...health.get(), online: false });
    stop();
    later();
  };
  for (const kind of Object.keys(listeners)) {
    source.addEventListener(kind, ({ data }) => tell(kind, JSON.parse(data)));
  }
  source.addEventListener('reload', () => missed.set(missed.get() + 1));
  source.addEventListener('health', ({ data }) => {
    const before = health.get();
    const now = { online: true, ...JSON.parse(data) };
    if (before.connected !== now.connected || before.behind !== now.behind || !before.online) {
      health.set(now);
    }
    // The first word of a connection: from here on all is told, and not from when it was opened.
    if (!greeted || (now.connected && !before.connected)) {
      greeted = true;
      missed.set(missed.get() + 1);
    }
  });
}

/** An event source does not say why it was refused: the session is asked for first. */
async function again() {
  try {
    await loadMe();
    if (!paused) {
      start();
    }
  } catch {
    if (!paused && !sessionEnded.get()) {
      later();
    }
  }
}

function later() {
  clearTimeout(retry);
  retry = setTimeout(again, wait);
  wait = Math.min(LONGEST_WAIT, wait * 2);
}

export function stop() {
  clearTimeout(retry);
  source?.close();
  source = null;
}

function pause() {
  paused = true;
  stop();
}

function resume() {
  paused = false;
  if (me.get() && !source && !sessionEnded.get()) {
    clearTimeout(retry);
    again();
  }
}

// A browser has six connections for a site. One that nobody looks at does not keep one, and one that is left must not: the browser
// may hold the page, with its connection, for the way back.
addEventListener('pagehide', pause);
addEventListener('pageshow', (event) => event.persisted && resume());
document.addEventListener('visibilitychange', () => {
  clearTimeout(hiding);
  if (document.hidden) {
    hiding = setTimeout(pause, HIDDEN_FOR);
  } else {
    resume();
  }
});

sessionEnded.subscribe((ended) => {
  if (ended) {
    stop();
  } else if (me.get()) {
    start();
  }
});
