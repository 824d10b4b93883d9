// What an agent does about mails: each is an event, and each can be taken back.
import { all, get, hasRole, me, record as recordPath, records } from '../core/api.js';
import { t, valueName, fieldName } from '../core/i18n.js';
import { tell } from '../core/live.js';
import { send, sendAll, sendFound } from '../core/outbox.js';
import { tellFailed, toast } from '../parts/toasts.js';
import { groupQuery } from './query.js';

const STREAM = 'mail';
const MOST_STEPS = 50;
/**
 * What was done, the newest last: {ids, group, isLeft, back}. isLeft says of the desk of a record whether it is still as this step left it;
 * back are the events that take it back, [{ids, event}].
 */
const steps = [];
/** Claimed from this page, which a list that is drawn a moment later may not show yet. */
const claimed = new Set();

const isMine = (desk) => desk.holder === me.get().user;
const isOpen = (desk) => desk.status === 'OPEN';
const isDoneByMe = (desk) => desk.status === 'DONE' && desk.doneBy === me.get().user;

function remember(step) {
  steps.push(step);
  if (steps.length > MOST_STEPS) {
    steps.shift();
  }
}

/** Remembers a step; the action of a message that takes it back. */
function undoable(step) {
  remember(step);
  return { label: t('action.undo'), run: () => undo(step) };
}

function one({ id }, isLeft, ...events) {
  return { ids: [id], isLeft, back: events.map((event) => ({ ids: [id], event })) };
}

/** Sends an event; {counted, desk}, or null if it was refused. */
async function act(record, event) {
  try {
    const answer = await send(STREAM, record.id, event);
    tell('desk', { stream: STREAM, id: record.id, ...answer });
    return answer;
  } catch (problem) {
    tellFailed(problem);
    return null;
  }
}

export async function claim(record) {
  const answer = await act(record, { type: 'CLAIMED' });
  if (answer?.counted) {
    claimed.add(record.id);
    toast(t('action.claimed'), { kind: 'good', action: undoable(one(record, isMine, { type: 'RELEASED' })) });
  } else if (answer) {
    toast(lost(answer.desk), { kind: 'bad' });
  }
}

/** Who was first. */
function lost(desk) {
  return desk.status === 'DONE' ? t('action.alreadyDone', { who: desk.doneBy }) : t('action.taken', { who: desk.holder });
}

export async function release(record) {
  claimed.delete(record.id);
  const answer = await act(record, { type: 'RELEASED' });
  if (answer?.counted) {
    toast(t('action.released'), { action: undoable(one(record, isOpen, { type: 'CLAIMED' })) });
  }
}

export async function done(record) {
  const answer = await act(record, { type: 'DONE' });
  // A claim before it was answered before it.
  const held = claimed.delete(record.id) || isMine(record.desk);
  if (answer?.counted) {
    toast(t('action.done'), { kind: 'good', action: undoable(one(record, isDoneByMe, { type: 'REOPENED' }, ...(held ? [{ type: 'CLAIMED' }] : []))) });
  } else if (answer) {
    toast(lost(answer.desk), { kind: 'bad' });
  }
}

export async function reopen(record) {
  const answer = await act(record, { type: 'REOPENED' });
  if (answer?.counted) {
    toast(t('action.reopened'), { action: undoable(one(record, isOpen, { type: 'DONE' })) });
  }
}

/** @param before what the field says now, corrected or not */
export async function correct(record, field, value, before) {
  const answer = await act(record, { type: 'CORRECTED', corrections: { [field]: value } });
  if (answer?.counted) {
    const back = before && one(record, (desk) => desk.corrections[field] === value, { type: 'CORRECTED', corrections: { [field]: before } });
    toast(t('action.corrected', { field: fieldName(field), value: valueName(field, value) }), { kind: 'good', action: back ? undoable(back) : undefined });
  }
}

export async function comment(record, text) {
  const answer = await act(record, { type: 'COMMENTED', comment: text });
  return answer !== null;
}

function tellAll(results) {
  results.forEach((result) => tell('desk', { stream: STREAM, ...result }));
}

/** One event about the records of a group that a search finds: DONE or CLAIMED. */
export async function actOnAll(type, group, search) {
  try {
    const { results, held } = await sendFound(STREAM, records(STREAM, search), { type });
    tellAll(results);
    const ids = results.filter(({ counted }) => counted).map(({ id }) => id);
    const back = type === 'DONE'
      ? [{ ids, event: { type: 'REOPENED' } }, { ids: held.filter((id) => ids.includes(id)), event: { type: 'CLAIMED' } }]
      : [{ ids, event: { type: 'RELEASED' } }];
    ids.forEach((id) => (type === 'DONE' ? claimed.delete(id) : claimed.add(id)));
    toast(t(`fold.${type}`, { n: ids.length }),
      { kind: 'good', action: ids.length ? undoable({ ids, group, isLeft: type === 'DONE' ? isDoneByMe : isMine, back }) : undefined });
  } catch (problem) {
    tellFailed(problem);
  }
}

let undoing = Promise.resolve();

/** Takes back a step, by default the last: what of it nobody has changed since. */
export function undo(step = steps.at(-1)) {
  const at = steps.indexOf(step);
  if (at < 0) {
    toast(t('action.nothingToUndo'));
    return;
  }
  steps.splice(at, 1);
  // One after another, for the first may be about the same records.
  undoing = undoing.then(() => takeBack(step));
}

async function takeBack(step) {
  try {
    const left = new Set((await current(step)).filter(({ desk }) => step.isLeft(desk)).map(({ id }) => id));
    const parts = step.back.map(({ ids, event }) => ({ ids: ids.filter((id) => left.has(id)), event })).filter(({ ids }) => ids.length);
    const answers = await Promise.all(parts.map(({ ids, event }) => sendAll(STREAM, ids, event)));
    const results = answers.flatMap((answer) => answer.results);
    tellAll(results);
    const refused = new Set(results.filter(({ counted }) => !counted).map(({ id }) => id));
    const n = [...left].filter((id) => !refused.has(id)).length;
    toast(n === step.ids.length ? t('action.undone') : n === 0 ? t('action.notUndone') : t('action.partlyUndone', { n, all: step.ids.length }),
      { kind: n === step.ids.length ? 'plain' : 'bad' });
  } catch (problem) {
    remember(step);
    tellFailed(problem);
  }
}

/** The records of a step as they are now. */
async function current({ ids, group }) {
  if (!group) {
    return Promise.all(ids.map(async (id) => (await get(recordPath(STREAM, id))).summary));
  }
  const own = new Set(ids);
  return (await all(records(STREAM, groupQuery(group)))).filter(({ id }) => own.has(id));
}

export function mayAct() {
  return hasRole('agent');
}
