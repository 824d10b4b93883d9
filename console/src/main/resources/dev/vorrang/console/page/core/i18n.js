// Texts by key. A key ends in .one or .other where the number n decides.
import { observable } from './dom.js';
import { languageChoice } from './prefs.js';
import en from '../i18n/en.js';
import de from '../i18n/de.js';

const dictionaries = { en, de };

function wanted(choice) {
  if (choice !== 'auto') {
    return choice;
  }
  const known = (navigator.languages ?? [navigator.language]).map((tag) => tag.slice(0, 2).toLowerCase());
  return known.find((tag) => tag in dictionaries) ?? 'en';
}

export const language = observable(wanted(languageChoice.get()));
languageChoice.subscribe((choice) => language.set(wanted(choice)));

function applyLanguage(tag) {
  document.documentElement.lang = tag;
}
applyLanguage(language.get());
language.subscribe(applyLanguage);

/** The text of a key, with {name} replaced by the parameter of that name. */
export function t(key, params = {}) {
  const dictionary = dictionaries[language.get()];
  const text = dictionary[key] ?? dictionary[`${key}.${plural(params.n)}`] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = params[name];
    return value === undefined ? whole : typeof value === 'number' ? number(value) : String(value);
  });
}

/** Formatters of the language of the page, by kind and options: to make one costs far more than to use it. */
const formatters = new Map();
language.subscribe(() => formatters.clear());

function formatter(kind, options) {
  const key = options ? kind + JSON.stringify(options) : kind;
  let made = formatters.get(key);
  if (!made) {
    made = new Intl[kind](locale(), options);
    formatters.set(key, made);
  }
  return made;
}

/** Numbers and times in the way of the person's region, if that speaks the language of the page. */
function locale() {
  const tag = language.get();
  return (navigator.languages ?? []).find((own) => own.startsWith(`${tag}-`)) ?? (tag === 'en' ? 'en-GB' : tag);
}

function plural(n) {
  return n === undefined ? 'other' : formatter('PluralRules').select(Number(n));
}

/** The name of a value such as a topic, in words if the dictionary has it, else as it is. */
export function valueName(facet, value) {
  const dictionary = dictionaries[language.get()];
  return dictionary[`value.${facet === 'priority' ? 'severity' : facet}.${value}`] ?? String(value).replaceAll('_', ' ');
}

/** The name of a field or facet. */
export function fieldName(field) {
  return dictionaries[language.get()][`field.${field}`] ?? field;
}

export function number(value, options) {
  return formatter('NumberFormat', options).format(value);
}

export function percent(value) {
  return number(value, { style: 'percent', maximumFractionDigits: value > 0 && value < 0.01 ? 1 : 0 });
}

export function significant(value) {
  return number(value, { maximumSignificantDigits: 4 });
}

export function bytes(count) {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const step = Math.min(units.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3));
  return number(count / 1000 ** step, { style: 'unit', unit: units[step], unitDisplay: 'short', maximumFractionDigits: 1 });
}

const DAY = 86_400_000;
const TIME = { hour: '2-digit', minute: '2-digit' };
const DAY_OF_YEAR = { day: 'numeric', month: 'short' };
const DATE = { day: 'numeric', month: 'short', year: 'numeric' };

function format(instant, options) {
  return formatter('DateTimeFormat', options).format(new Date(instant));
}

/** Today the time of day, this year the date, else the date with its year. */
export function shortTime(instant, now = Date.now()) {
  const date = new Date(instant);
  return format(date, new Date(now).toDateString() === date.toDateString() ? TIME : Math.abs(now - date) < 300 * DAY ? DAY_OF_YEAR : DATE);
}

/** Times of an axis: of day, or days if the axis is that long. */
export function axisTime(instant, length) {
  return format(instant, length > 2 * DAY ? DAY_OF_YEAR : TIME);
}

export function fullTime(instant) {
  return format(instant, { dateStyle: 'medium', timeStyle: 'short' });
}

/** The date where something begins with a day of UTC, as what is counted by days does; else date and time. */
export function periodTime(instant) {
  return new Date(instant).getTime() % DAY === 0 ? format(instant, { dateStyle: 'medium', timeZone: 'UTC' }) : fullTime(instant);
}

export function exactTime(instant) {
  return format(instant, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** How long ago, such as "3 min ago"; the date if that is more than a month. */
export function ago(instant, now = Date.now()) {
  if (Math.abs(new Date(instant) - now) > 31 * DAY) {
    return shortTime(instant, now);
  }
  const seconds = (new Date(instant) - now) / 1000;
  const [unit, size] = [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]]
    .find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return formatter('RelativeTimeFormat', { numeric: 'auto', style: 'short' }).format(Math.round(seconds / size), unit);
}
