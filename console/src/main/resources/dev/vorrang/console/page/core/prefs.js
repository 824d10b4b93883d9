// What a person has chosen for this browser: theme, language, single keys.
import { observable } from './dom.js';

function kept(name, allowed, fallback) {
  let start = fallback;
  try {
    const value = localStorage.getItem(`vorrang.${name}`);
    start = allowed.includes(value) ? value : fallback;
  } catch {
    // Storage is switched off: choices last as long as the page.
  }
  const source = observable(start);
  source.subscribe((value) => {
    try {
      localStorage.setItem(`vorrang.${name}`, value);
    } catch {
      // as above
    }
  });
  source.allowed = allowed;
  return source;
}

export const theme = kept('theme', ['auto', 'light', 'dark'], 'auto');
export const singleKeys = kept('keys', ['on', 'off'], 'on');
export const languageChoice = kept('language', ['auto', 'en', 'de'], 'auto');

function applyTheme(value) {
  document.documentElement.dataset.theme = value;
}
applyTheme(theme.get());
theme.subscribe(applyTheme);
