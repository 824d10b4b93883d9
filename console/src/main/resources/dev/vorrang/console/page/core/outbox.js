// Desk events on their way. An event keeps its id through every attempt, and through a reload of the page, so that it counts once; it waits
// for the person who did it, whoever logs in meanwhile.
import { observable } from './dom.js';
import { all, me, post, record, sessionEnded } from './api.js';

const KEPT = 'vorrang.outbox';
const FIRST_WAIT = 700;
const LONGEST_WAIT = 10_000;

/** Of everybody, in the order in which they were done: {id, user, path, body, search, held}. */
let entries = read();
/** Those of the person who is logged in. */
export const waiting = observable([]);

const answers = new Map();
let busy = false;
let wait = FIRST_WAIT;

me.subscribe(tellWaiting);

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function keep(changed) {
  entries = changed;
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(entries));
  } catch {
    // Full or switched off: the events live as long as the page.
  }
  tellWaiting();
}

function tellWaiting() {
  waiting.set(entries.filter(({ user }) => user === me.get()?.user));
}

/** Whether an event that waits is about a record. */
export function isAbout({ path, body }, stream, id) {
  return path === `${record(stream, id)}/events` || (path === eventsPath(stream) && Boolean(body.records?.includes(id)));
}

/** Gives up what waits, of everybody. */
export function forget() {
  keep([]);
}

/** Sends an event about one record; the answer is {counted, desk}. */
export function send(stream, id, event) {
  return enqueue({ path: `${record(stream, id)}/events`, body: event });
}

/** Sends an event about several records; the answer is {results}. */
export function sendAll(stream, records, event) {
  return enqueue({ path: eventsPath(stream), body: { ...event, records } });
}

/**
 * Sends an event about all records that a search finds. Which these are is settled before the first attempt, so that further attempts are
 * about the same ones. The answer is {results, held}; held are the ids of those that the person was working on.
 */
export function sendFound(stream, search, event) {
  return enqueue({ path: eventsPath(stream), body: event, search });
}

function eventsPath(stream) {
  return `/streams/${encodeURIComponent(stream)}/events`;
}

function enqueue(entry) {
  const id = crypto.randomUUID?.() ?? unique();
  const answer = new Promise((resolve, reject) => answers.set(id, { resolve, reject }));
  keep([...entries, { ...entry, id, user: me.get().user, body: { id, ...entry.body } }]);
  drain();
  return answer;
}

/** For pages that are not served over TLS, where randomUUID is missing. */
function unique() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function settle({ id }, how, value) {
  keep(entries.filter((other) => other.id !== id));
  answers.get(id)?.[how](value);
  answers.delete(id);
}

/** Sends one after another, so that what a person did first is first in the topic. */
export async function drain() {
  if (busy) {
    return;
  }
  busy = true;
  try {
    while (waiting.get().length && !sessionEnded.get()) {
      await attempt(waiting.get()[0]);
    }
  } finally {
    busy = false;
  }
}

async function attempt(entry) {
  try {
    const answer = await deliver(entry.search ? await settleRecords(entry) : entry);
    wait = FIRST_WAIT;
    settle(entry, 'resolve', answer);
  } catch (problem) {
    if (problem.passes) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(LONGEST_WAIT, wait * 2);
    } else if (problem.status !== 401 && entry.user === me.get()?.user) {
      settle(entry, 'reject', problem);
    }
  }
}

async function deliver({ path, body, held }) {
  if (body.records?.length === 0) {
    return { results: [], held };
  }
  return { ...await post(path, body), held };
}

async function settleRecords({ search, ...entry }) {
  const found = await all(search);
  const settled = {
    ...entry,
    body: { ...entry.body, records: found.map(({ id }) => id) },
    held: found.filter(({ desk }) => desk.holder === entry.user).map(({ id }) => id),
  };
  keep(entries.map((other) => (other.id === entry.id ? settled : other)));
  return settled;
}

sessionEnded.subscribe((ended) => ended || drain());
