// What a list becomes by what is told of its records. A list is {page, fresh, stale}: fresh are records that came in and are not shown, by
// id; stale says that the server would answer otherwise.
import { isGroup, mayEnter, meets } from './query.js';

const MOST_NEW = 10_000;

/** The list after changes [{kind, value, counted}] in their order; with counted false one may be in the figures of the list already. */
export function changed(list, changes, query, user) {
  const items = [...list.page.items];
  const fresh = new Map(list.fresh);
  const at = new Map(items.map(({ id }, i) => [id, i]));
  const groups = new Map(items.flatMap((record, i) => (isGroup(record, query) ? [[record.fold.group, i]] : [])));
  let { stale } = list;
  for (const { kind, value, counted } of changes) {
    const i = at.get(value.id);
    if (i !== undefined) {
      items[i] = kind === 'scored' ? rescored(items[i], value) : withDesk(items[i], value.desk);
      stale ||= !meets(query, items[i], user);
    } else if (fresh.has(value.id)) {
      fresh.set(value.id, kind === 'scored' ? rescored(fresh.get(value.id), value) : withDesk(fresh.get(value.id), value.desk));
    } else if (kind === 'desk') {
      stale ||= mayEnter(query, value.desk, user);
    } else if (meets(query, value, user)) {
      const leader = groups.get(value.fold?.group);
      if (leader !== undefined) {
        items[leader] = { ...items[leader], fold: grown(items[leader].fold, value, counted) };
        stale = true;
      } else if (fresh.size < MOST_NEW) {
        fresh.set(value.id, value);
      }
    }
  }
  return { page: { ...list.page, items }, fresh, stale };
}

/** The list with a new answer, in which no line moves: what is new waits, and what is gone stays until the list is drawn anew. */
export function kept(list, answer, query) {
  const name = (record) => (isGroup(record, query) ? `group ${record.fold.group}` : record.id);
  const found = new Map(answer.items.map((record) => [name(record), record]));
  const shown = new Set(list.page.items.map(name));
  const items = list.page.items.map((record) => {
    const now = found.get(name(record));
    return !now ? record : now.id === record.id ? newest(record, now) : { ...record, fold: now.fold };
  });
  const fresh = new Map(list.fresh);
  answer.items.filter((record) => !shown.has(name(record))).forEach((record) => fresh.set(record.id, record));
  return { page: { ...answer, items, next: list.page.next }, fresh, stale: list.page.items.some((record) => !found.has(name(record))) };
}

/** The list with a new answer, and of what was known before only what is newer than that. */
export function replaced(list, answer) {
  const before = new Map((list.page?.items ?? []).map((record) => [record.id, record]));
  const items = answer.items.map((record) => (before.has(record.id) ? newest(before.get(record.id), record) : record));
  return { page: { ...answer, items }, fresh: new Map(), stale: false };
}

/** The list with the page that follows. */
export function continued(list, answer) {
  const shown = new Set(list.page.items.map(({ id }) => id));
  const more = answer.items.filter(({ id }) => !shown.has(id));
  const fresh = new Map(list.fresh);
  more.forEach(({ id }) => fresh.delete(id));
  return { ...list, page: { ...list.page, next: answer.next, items: [...list.page.items, ...more] }, fresh };
}

/** The answer about a record, with what is known to have happened to it since. */
function newest(before, answer) {
  return withDesk(answer, before.desk);
}

/** The record after what was done about it, with its corrections as the server has them. */
function withDesk(record, desk) {
  if (desk.events < record.desk.events) {
    return record;
  }
  const corrected = Object.entries(desk.corrections).filter(([field]) => field in record.facets).map(([field, value]) => [field, [value]]);
  return { ...record, desk, severity: desk.corrections.priority ?? record.severity, facets: { ...record.facets, ...Object.fromEntries(corrected) } };
}

function rescored(record, now) {
  return Date.parse(now.scoredAt) >= Date.parse(record.scoredAt) ? withDesk({ ...now, fold: record.fold }, record.desk) : withDesk(record, now.desk);
}

function grown(fold, record, counted) {
  const later = Date.parse(record.time) > Date.parse(fold.newest);
  return counted || later
    ? { ...fold, count: fold.count + 1, lastHour: fold.lastHour + 1, newest: later ? record.time : fold.newest } : fold;
}
