// Desk events on their way. An event keeps its id through every attempt, and through a reload of the page, so that it counts once.
import { observable } from './dom.js';
import { me, post, record, sessionEnded } from './api.js';

const KEPT = 'vorrang.outbox';
const FIRST_WAIT = 700;
const LONGEST_WAIT = 10_000;

/** Events that have no answer yet: [{id, user, path, body}]. */
export const waiting = observable(read());

const answers = new Map();
let busy = false;
let wait = FIRST_WAIT;

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}

function keep(entries) {
  waiting.set(entries);
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(entries));
  } catch {
    // Full or switched off: the events live as long as the page.
  }
}

/** Sends an event about one record; the answer is {counted, desk}. */
export function send(stream, id, event) {
  return enqueue(`${record(stream, id)}/events`, event);
}

/** Sends an event about many records; the answer is {results}. */
export function sendAll(stream, event) {
  return enqueue(`/streams/${encodeURIComponent(stream)}/events`, event);
}

function enqueue(path, event) {
  const body = { id: crypto.randomUUID?.() ?? unique(), ...event };
  const answer = new Promise((resolve, reject) => answers.set(body.id, { resolve, reject }));
  keep([...waiting.get(), { id: body.id, user: me.get().user, path, body }]);
  drain();
  return answer;
}

/** For pages that are not served over TLS, where randomUUID is missing. */
function unique() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function settle(entry, how, value) {
  keep(waiting.get().filter((other) => other.id !== entry.id));
  answers.get(entry.id)?.[how](value);
  answers.delete(entry.id);
}

/** Sends one after another, so that what a person did first is first in the topic. */
export async function drain() {
  if (busy) {
    return;
  }
  busy = true;
  try {
    while (waiting.get().length && me.get() && !sessionEnded.get()) {
      const entry = waiting.get()[0];
      if (entry.user !== me.get().user) {
        settle(entry, 'reject', new Error('user'));
        continue;
      }
      try {
        const answer = await post(entry.path, entry.body);
        wait = FIRST_WAIT;
        settle(entry, 'resolve', answer);
      } catch (problem) {
        if (problem.passes) {
          await new Promise((resolve) => setTimeout(resolve, wait));
          wait = Math.min(LONGEST_WAIT, wait * 2);
        } else if (problem.status !== 401) {
          settle(entry, 'reject', problem);
        }
      }
    }
  } finally {
    busy = false;
  }
}

sessionEnded.subscribe((ended) => ended || drain());
