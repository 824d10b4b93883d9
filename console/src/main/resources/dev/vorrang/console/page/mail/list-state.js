// The list: loaded by pages, changed in place, and never moved under a hand. What is new waits until it is asked for, or until
// nobody is at the list.
import { useCallback, useEffect, useRef, useState } from '../core/dom.js';
import { get, me, records } from '../core/api.js';
import { missed, onChange } from '../core/live.js';
import { apiQuery, meets } from './query.js';

const PAGE = 50;
const MOST = 500;
/** Changes are drawn together, so that a flood of them costs no more than a few. */
const DRAWN_EVERY = 200;
/** A search of the server's while mails pour in. */
const LOADED_EVERY = 1000;
const MOST_NEW = 10_000;

/**
 * {page, fresh, error, loading, reload, more, showNew}; fresh are the records that came in and are not shown, by id.
 *
 * @param isCalm tells whether the list may be drawn anew by itself
 */
export function useList(stream, query, isCalm) {
  const key = JSON.stringify(query);
  const [state, setState] = useState({ key, page: null, error: null, loading: true });
  const [fresh, setFresh] = useState(new Map());
  const now = useRef({});
  /** stale: whether a line is shown that does not meet the query any more. */
  const own = useRef({ fresh: new Map(), loadedAt: 0, stale: false });
  now.current = { query, key, page: state.key === key ? state.page : null };

  const load = useCallback(async () => {
    const limit = Math.min(MOST, Math.max(PAGE, now.current.page?.items.length ?? 0));
    own.current.loadedAt = Date.now();
    own.current.stale = false;
    const known = own.current.fresh;
    setState((before) => ({ ...before, loading: true }));
    try {
      const page = await get(records(stream, apiQuery(now.current.query, { limit })));
      if (now.current.key === key) {
        const shown = new Set(page.items.map(({ id }) => id));
        // What came while the server searched may not be in its answer.
        own.current.fresh = new Map([...own.current.fresh].filter(([id]) => !known.has(id) && !shown.has(id)));
        setFresh(own.current.fresh);
        setState({ key, page: { ...page, items: newest(page.items, now.current.page?.items ?? []) }, error: null, loading: false });
      }
    } catch (error) {
      setState((before) => (now.current.key === key ? { key, page: before.key === key ? before.page : null, error, loading: false } : before));
    }
  }, [stream, key]);

  const more = useCallback(async () => {
    const { page } = now.current;
    if (!page?.next) {
      return;
    }
    const next = await get(records(stream, apiQuery(now.current.query, { limit: PAGE, after: page.next })));
    setState((before) => {
      const seen = new Set(before.page.items.map(({ id }) => id));
      return before.key === key ? { ...before, page: { ...before.page, next: next.next, items: [...before.page.items, ...next.items.filter(({ id }) => !seen.has(id))] } } : before;
    });
  }, [stream, key]);

  useEffect(() => {
    own.current.fresh = new Map();
    setFresh(own.current.fresh);
    load();
    return missed.subscribe(load);
  }, [load]);

  useEffect(() => {
    let changes = [];
    const collect = (kind) => onChange(kind, (value) => value.stream === stream && changes.push({ kind, value }));
    const stops = [collect('scored'), collect('desk')];
    const timer = setInterval(() => {
      if (changes.length && now.current.page) {
        const batch = changes;
        changes = [];
        draw(batch);
      }
      if ((own.current.fresh.size || own.current.stale) && Date.now() - own.current.loadedAt >= LOADED_EVERY && isCalm()) {
        load();
      }
    }, DRAWN_EVERY);

    function draw(batch) {
      const { page } = now.current;
      const items = [...page.items];
      const at = new Map(items.map(({ id }, i) => [id, i]));
      const groups = new Map(items.flatMap(({ fold }, i) => (fold ? [[fold.group, i]] : [])));
      const waiting = new Map(own.current.fresh);
      let changed = false;
      for (const { kind, value } of batch) {
        const i = at.get(value.id);
        if (i !== undefined) {
          items[i] = kind === 'scored' ? { ...value, fold: items[i].fold } : withDesk(items[i], value.desk);
          changed = true;
          own.current.stale ||= !meets(now.current.query, items[i], me.get().user);
        } else if (waiting.has(value.id)) {
          waiting.set(value.id, kind === 'scored' ? value : withDesk(waiting.get(value.id), value.desk));
        } else if (kind === 'scored' && (now.current.query.text || meets(now.current.query, value, me.get().user))) {
          const folded = value.fold && !now.current.query.group ? groups.get(value.fold.group) : undefined;
          if (folded !== undefined) {
            items[folded] = { ...items[folded], fold: grown(items[folded].fold, value) };
            changed = true;
          } else if (waiting.size < MOST_NEW) {
            waiting.set(value.id, value);
          }
        }
      }
      if (changed) {
        setState((before) => ({ ...before, page: { ...before.page, items } }));
      }
      own.current.fresh = waiting;
      setFresh(waiting);
    }
    return () => {
      stops.forEach((stop) => stop());
      clearInterval(timer);
    };
  }, [load, isCalm]);

  return { ...state, page: now.current.page, fresh, reload: load, more, showNew: load };
}

/** Records as they were answered, with what is known to have happened to them since. */
function newest(items, before) {
  const desks = new Map(before.map(({ id, desk }) => [id, desk]));
  return items.map((record) => (desks.has(record.id) ? withDesk(record, desks.get(record.id)) : record));
}

function withDesk(record, desk) {
  return desk.events >= record.desk.events ? { ...record, desk } : record;
}

function grown(fold, record) {
  return { ...fold, count: fold.count + 1, lastHour: fold.lastHour + 1, newest: record.time };
}
