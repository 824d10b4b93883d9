// Words that moved the score, found again in the text.

/** The heads of a score that name words, and where its most probable label is. */
export const HEADS = ['urgency', 'stake', 'topic', 'sentiment', 'priority'];

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** The model cuts longer words. */
const LONGEST = 40;

/** Of each word its effects: Map of word to [{head, label, effect}], the strongest first. */
export function effectsByWord(score, heads) {
  const found = new Map();
  for (const head of heads) {
    for (const { word, effect } of score[`${head}Words`] ?? []) {
      const key = fold(word);
      const effects = found.get(key) ?? [];
      effects.push({ head, label: labelOf(score, head), effect });
      found.set(key, effects.sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect)));
    }
  }
  return found;
}

export function labelOf(score, head) {
  return head === 'priority' ? mostProbable(score.priorities) : score[head];
}

function mostProbable(probabilities = {}) {
  return Object.entries(probabilities).sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

function fold(word) {
  return word.normalize('NFKC').toLowerCase();
}

/** The text in pieces: strings, and {text, effects} for words that have an effect. */
export function pieces(text, effects) {
  const result = [];
  let from = 0;
  for (const match of effects.size ? text.matchAll(WORD) : []) {
    const word = fold(match[0]);
    const own = effects.get(word) ?? (word.length > LONGEST ? effects.get(word.slice(0, LONGEST)) : undefined);
    if (own) {
      if (match.index > from) {
        result.push(text.slice(from, match.index));
      }
      result.push({ text: match[0], effects: own });
      from = match.index + match[0].length;
    }
  }
  if (from < text.length) {
    result.push(text.slice(from));
  }
  return result;
}

const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"'()]+[^\s<>"'().,;:!?]/giu;

/** Addresses in a text, each once: [{text, host}]. They are shown and never followed. */
export function links(text, most = 20) {
  const found = new Map();
  for (const [link] of text.matchAll(LINK)) {
    if (found.size < most && !found.has(link)) {
      found.set(link, host(link));
    }
  }
  return [...found].map(([link, name]) => ({ text: link, host: name }));
}

function host(link) {
  try {
    return new URL(/^www\./i.test(link) ? `https://${link}` : link).hostname;
  } catch {
    return '';
  }
}
