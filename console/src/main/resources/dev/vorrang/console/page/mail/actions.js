// What an agent does about mails: each is an event, and each can be taken back.
import { hasRole, me } from '../core/api.js';
import { t, valueName, fieldName } from '../core/i18n.js';
import { tell } from '../core/live.js';
import { send, sendAll } from '../core/outbox.js';
import { toast } from '../parts/toasts.js';

const STREAM = 'mail';
const MOST_UNDONE = 50;
const undone = [];
/** Claimed from this page, which a list that is drawn a moment later may not show yet. */
const claimed = new Set();

function remember(step) {
  undone.push(step);
  if (undone.length > MOST_UNDONE) {
    undone.shift();
  }
}

/** Sends an event; {counted, desk}, or null if it was refused. */
async function act(record, event) {
  try {
    const answer = await send(STREAM, record.id, event);
    tell('desk', { stream: STREAM, id: record.id, event: event.id, ...answer });
    return answer;
  } catch (problem) {
    toast(t('action.failed', { reason: problem.message === 'user' ? t('action.otherUser') : problem.message }), { kind: 'bad' });
    return null;
  }
}

const undoAction = () => ({ label: t('action.undo'), run: undo });

export async function claim(record) {
  const answer = await act(record, { type: 'CLAIMED' });
  if (answer?.counted) {
    claimed.add(record.id);
    remember([[record, { type: 'RELEASED' }]]);
    toast(t('action.claimed'), { kind: 'good', action: undoAction() });
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
    remember([[record, { type: 'CLAIMED' }]]);
    toast(t('action.released'), { action: undoAction() });
  }
}

export async function done(record) {
  const held = claimed.delete(record.id) || record.desk.holder === me.get().user;
  const answer = await act(record, { type: 'DONE' });
  if (answer?.counted) {
    remember([[record, { type: 'REOPENED' }], ...(held ? [[record, { type: 'CLAIMED' }]] : [])]);
    toast(t('action.done'), { kind: 'good', action: undoAction() });
  } else if (answer) {
    toast(lost(answer.desk), { kind: 'bad' });
  }
}

export async function reopen(record) {
  const answer = await act(record, { type: 'REOPENED' });
  if (answer?.counted) {
    remember([[record, { type: 'DONE' }]]);
    toast(t('action.reopened'), { action: undoAction() });
  }
}

/** @param before what the field says now, corrected or not */
export async function correct(record, field, value, before) {
  const answer = await act(record, { type: 'CORRECTED', corrections: { [field]: value } });
  if (answer?.counted) {
    if (before) {
      remember([[record, { type: 'CORRECTED', corrections: { [field]: before } }]]);
    }
    toast(t('action.corrected', { field: fieldName(field), value: valueName(field, value) }),
      { kind: 'good', action: before ? undoAction() : undefined });
  }
}

export async function comment(record, text) {
  const answer = await act(record, { type: 'COMMENTED', comment: text });
  return answer !== null;
}

/** One event about all records that a query finds. */
export async function actOnAll(type, query, count) {
  try {
    const { results } = await sendAll(STREAM, { type, query });
    const counted = results.filter((result) => result.counted);
    counted.forEach(({ id, desk }) => tell('desk', { stream: STREAM, id, counted: true, desk }));
    const back = type === 'DONE' ? 'REOPENED' : 'RELEASED';
    remember({ type: back, records: counted.map(({ id }) => id) });
    toast(t(`fold.${type}`, { n: counted.length }), { kind: 'good', action: undoAction() });
  } catch (problem) {
    toast(t('action.failed', { reason: problem.message }), { kind: 'bad' });
  }
}

/** Takes back what was done last. */
export async function undo() {
  const step = undone.pop();
  if (!step) {
    toast(t('action.nothingToUndo'));
  } else if (Array.isArray(step)) {
    let counted = true;
    for (const [record, event] of step) {
      counted = (await act(record, event))?.counted && counted;
    }
    toast(counted ? t('action.undone') : t('action.notUndone'), { kind: counted ? 'plain' : 'bad' });
  } else {
    const { results } = await sendAll(STREAM, step);
    results.forEach(({ id, desk }) => tell('desk', { stream: STREAM, id, counted: true, desk }));
    toast(t('action.undone'));
  }
}

export function mayAct() {
  return hasRole('agent');
}
