// Calls of the HTTP API. Errors are Problems; a session that has ended is told once, to whoever shows the login.
import { observable } from './dom.js';

const BASE = '/api/v1';

/** An answer that is not the one wanted. Status 0: no answer at all. */
class Problem extends Error {
  constructor(status, title, detail, body = {}) {
    super(detail || title || String(status));
    this.status = status;
    this.title = title;
    this.body = body;
  }

  /** Whether the same call may do better later. */
  get passes() {
    return this.status === 0 || this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

/** Who is logged in: {user, roles, streams, csrf, language}; null before and after. */
export const me = observable(null);
/** True from a refused call until somebody has logged in again. */
export const sessionEnded = observable(false);

async function call(method, path, body, { signal } = {}) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  const sent = method === 'GET' ? null : me.get();
  if (sent) {
    headers['X-CSRF-Token'] = sent.csrf;
  }
  let response;
  let json;
  try {
    response = await fetch(BASE + path, {
      method, headers, signal, credentials: 'same-origin', cache: 'no-store', body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    json = text && /json/.test(response.headers.get('Content-Type') ?? '') ? JSON.parse(text) : null;
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    // No answer, or half of one.
    throw new Problem(0, 'offline', '');
  }
  if (response.ok) {
    return json;
  }
  if (response.status === 401 && me.get()) {
    sessionEnded.set(true);
  }
  if (response.status === 403 && sent && await isAnotherSession(sent)) {
    return call(method, path, body, { signal });
  }
  throw new Problem(response.status, json?.title ?? response.statusText, json?.detail ?? '', json ?? {});
}

/** Whether the same person has logged in anew in another tab: calls of this one are refused until it knows the new session. */
async function isAnotherSession(before) {
  const { user, csrf } = await loadMe();
  return user === before.user && csrf !== before.csrf;
}

export const get = (path, options) => call('GET', path, undefined, options);
export const post = (path, body) => call('POST', path, body);
export const remove = (path) => call('DELETE', path);

/** The items of all pages of a list. */
export async function all(path) {
  const items = [];
  let after = null;
  do {
    const page = await get(after ? `${path}&after=${encodeURIComponent(after)}` : path);
    items.push(...page.items);
    after = page.next;
  } while (after);
  return items;
}

const part = encodeURIComponent;

export const records = (stream, query) => `/streams/${part(stream)}/records?${query}`;
export const record = (stream, id) => `/streams/${part(stream)}/records/${part(id)}`;
export const machine = (name, rest = '') => `/machines/${part(name)}${rest}`;
export const item = (key) => `/demand/items/${part(key)}`;
export const deadLetter = ({ topic, partition, offset }) => `/dead-letters/${part(topic)}/${partition}/${offset}`;

/** Asks who is logged in. */
export async function loadMe() {
  const answer = await get('/me');
  me.set(answer);
  sessionEnded.set(false);
  return answer;
}

export function hasRole(...roles) {
  return (me.get()?.roles ?? []).some((role) => roles.includes(role.toLowerCase()) || role.toLowerCase() === 'admin');
}
