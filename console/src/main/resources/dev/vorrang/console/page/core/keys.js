// Single keys. They can be switched off (WCAG 2.1.4), and do nothing while somebody types.
import { useEffect, useRef } from './dom.js';
import { singleKeys } from './prefs.js';

const scopes = [];

/** What is bound at the moment, for the list that "?" shows: [{title, bindings}]. */
export function boundKeys() {
  return scopes.map(({ current }) => current).filter(({ bindings }) => bindings.length);
}

/**
 * Binds keys while the component is there.
 *
 * @param bindings [{key, label, run, hidden}]; key as KeyboardEvent.key, several separated by a space
 */
export function useKeys(title, bindings) {
  const scope = useRef(null);
  scope.current = { title, bindings };
  useEffect(() => {
    scopes.push(scope);
    return () => scopes.splice(scopes.indexOf(scope), 1);
  }, []);
}

function typing(target) {
  return target instanceof Element
    && target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]') !== null;
}

addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing
    || singleKeys.get() === 'off' || typing(event.target) || document.querySelector('dialog[open]')) {
    return;
  }
  for (const { current } of [...scopes].reverse()) {
    const binding = current.bindings.find(({ key }) => key.split(' ').includes(event.key));
    if (binding && !(event.repeat && binding.once)) {
      event.preventDefault();
      binding.run(event);
      return;
    }
  }
});
