// Preact and htm as one module, and what is said of values that change.
import { Component, useEffect, useState } from '../lib/htm.js';

export {
  html, render, useEffect, useLayoutEffect, useMemo, useRef, useState, useCallback,
} from '../lib/htm.js';

/** A value that tells its listeners when it changes. */
export function observable(value) {
  const listeners = new Set();
  return {
    get: () => value,
    set(next) {
      if (next !== value) {
        value = next;
        [...listeners].forEach((listener) => listener(value));
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value of an observable; the component is drawn again when it changes. */
export function useValue(source) {
  const [value, setValue] = useState(source.get());
  useEffect(() => {
    setValue(source.get());
    return source.subscribe(setValue);
  }, [source]);
  return value;
}

/** A component that is drawn anew only when one of its properties is another. */
export function memo(draw) {
  return class extends Component {
    shouldComponentUpdate(next) {
      return [...new Set([...Object.keys(next), ...Object.keys(this.props)])].some((name) => next[name] !== this.props[name]);
    }

    render(props) {
      return draw(props);
    }
  };
}

/** Joins the names of classes that are wanted. */
export function classes(...names) {
  return names.filter(Boolean).join(' ');
}
