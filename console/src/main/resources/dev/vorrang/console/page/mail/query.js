// What the list shows: read from the address, asked of the server, and applied to what comes in meanwhile.
import { address } from '../core/router.js';

/** Facets that can be filtered by, in the order of the panel. */
export const FACETS = ['queue', 'priority', 'urgency', 'topic', 'sentiment', 'stake', 'language'];
/** Largest page of the API. */
export const MOST = 500;
const SHOWN = { open: ['OPEN', 'CLAIMED'], done: ['DONE'], all: [] };
export const SORTS = ['PRIORITY', 'NEWEST', 'OLDEST'];

export function readQuery(params) {
  const show = params.get('show');
  const sort = params.get('sort');
  return {
    text: params.get('text') ?? '',
    filters: Object.fromEntries(FACETS.map((facet) => [facet, params.getAll(facet)]).filter(([, values]) => values.length)),
    show: show in SHOWN ? show : 'open',
    mine: params.get('mine') === 'true',
    sort: SORTS.includes(sort) ? sort : 'PRIORITY',
    group: params.get('group'),
  };
}

/** The address of the desk with a query, and of a mail in it. */
export function deskAddress(query, id = null) {
  return address('/', {
    text: query.text, ...query.filters, show: query.show === 'open' ? null : query.show, mine: query.mine,
    sort: query.sort === 'PRIORITY' ? null : query.sort, group: query.group, id,
  });
}

/** The same as parameters of the API. */
export function apiQuery(query, { limit, after }) {
  const params = new URLSearchParams();
  const add = (name, value) => value && params.append(name, value);
  add('text', query.text);
  for (const [facet, values] of Object.entries(query.filters)) {
    values.forEach((value) => add(`f.${facet}`, value));
  }
  add('f.group', query.group);
  SHOWN[query.show].forEach((status) => add('status', status));
  add('holder', query.mine && 'me');
  add('sort', query.sort);
  params.append('fold', String(!query.group));
  params.append('limit', String(limit));
  add('after', after);
  return params.toString();
}

/** Parameters of the API that find the records of a group which a query finds, or all of the group. */
export function groupQuery(group, query = readQuery(new URLSearchParams({ show: 'all' }))) {
  return apiQuery({ ...query, group, sort: 'OLDEST' }, { limit: MOST });
}

/** Whether a record stands for its group. */
export function isGroup(record, query) {
  return Boolean(record.fold && !query.group);
}

/** Whether a record that has just come in meets the query. Words are searched for by the server alone. */
export function meets(query, record, user) {
  return (!SHOWN[query.show].length || SHOWN[query.show].includes(record.desk.status))
    && (!query.mine || record.desk.holder === user)
    && (!query.group || record.fold?.group === query.group)
    && Object.entries(query.filters).every(([facet, values]) => {
      const own = record.facets[facet] ?? [];
      return values.some((value) => own.includes(value));
    });
}

/** Whether a record that is not shown may meet the query, now that something was done about it. */
export function mayEnter(query, desk, user) {
  return query.mine ? desk.holder === user : query.show !== 'all' && desk.status === SHOWN[query.show][0];
}

export function isFiltered(query) {
  return Boolean(query.text || query.mine || query.group || query.show !== 'open' || Object.keys(query.filters).length);
}

export function toggled(query, facet, value) {
  const values = query.filters[facet] ?? [];
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  const filters = { ...query.filters, [facet]: next };
  if (!next.length) {
    delete filters[facet];
  }
  return { ...query, filters };
}
