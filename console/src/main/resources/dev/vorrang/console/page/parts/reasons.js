// Reasons as sentences in the language of the page, from their codes; a code that is not known keeps the sentence of the record.
import { language, number, percent, t, valueName } from '../core/i18n.js';

const NAMES = { label: 'topic', kind: 'automatic', minimum: 'severity', language: 'language' };
const SHARES = new Set(['confidence', 'probability', 'stakeConfidence']);

export function reasonText({ code, parameters = {}, text }) {
  const german = language.get() === 'de';
  if (!german) {
    return text;
  }
  if (parameters.german) {
    return parameters.german;
  }
  const values = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, shown(code, name, value)]));
  const sentence = t(`reason.${code}`, values);
  return sentence === `reason.${code}` ? text : sentence;
}

function shown(code, name, value) {
  if (SHARES.has(name)) {
    return percent(Number(value));
  }
  if (name === 'effect') {
    return number(Number(value), { signDisplay: 'always', minimumFractionDigits: 2, maximumFractionDigits: 2 });
  }
  if (name === 'direction') {
    return valueName(name, value);
  }
  if (name in NAMES) {
    return valueName(name === 'label' && code !== 'topic' ? code.replace('model_', '') : NAMES[name], value);
  }
  return value !== '' && Number.isFinite(Number(value)) ? number(Number(value)) : value;
}
