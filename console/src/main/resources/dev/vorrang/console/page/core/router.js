// Addresses are paths of the four pages, and all else is in the query, so that any view can be kept as a bookmark.
import { observable, html } from './dom.js';

function read() {
  return { path: location.pathname, params: new URLSearchParams(location.search) };
}

export const place = observable(read());

addEventListener('popstate', () => place.set(read()));

/** The address of a page; parameters that are null, empty or false are left out. */
export function address(path, params = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== '' && one !== false) {
        query.append(name, one);
      }
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export function go(to, { replace = false } = {}) {
  if (to !== location.pathname + location.search) {
    history[replace ? 'replaceState' : 'pushState'](null, '', to);
  }
  place.set(read());
}

/** A link within the console. */
export function Link({ to, children, onFollow, ...rest }) {
  const follow = (event) => {
    if (event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      go(to);
      onFollow?.(event);
    }
  };
  return html`<a href=${to} onClick=${follow} ...${rest}>${children}</a>`;
}
