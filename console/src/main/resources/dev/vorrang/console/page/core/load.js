// Data of a view: loaded when its address changes, and again when something may have been missed.
import { useCallback, useEffect, useRef, useState } from './dom.js';
import { get, sessionEnded } from './api.js';
import { missed } from './live.js';

/**
 * {data, error, loading, reload}. Data of the address before is given up as soon as the address changes; data of the same address
 * stays until the next answer. What is asked for while it is being loaded is loaded once more afterwards.
 *
 * @param path of the API, or null for none
 */
export function useLoad(path, { every = 0 } = {}) {
  const [state, setState] = useState({ path: null, data: null, error: null, loading: false });
  const running = useRef(null);

  const load = useCallback(async () => {
    if (path === null) {
      return;
    }
    if (running.current) {
      running.current.again = true;
      return;
    }
    const own = { abort: new AbortController(), again: false };
    running.current = own;
    do {
      own.again = false;
      setState((before) => (before.path === path ? { ...before, loading: true } : { path, data: null, error: null, loading: true }));
      try {
        const data = await get(path, { signal: own.abort.signal });
        setState({ path, data, error: null, loading: false });
      } catch (error) {
        if (!own.abort.signal.aborted) {
          setState((before) => ({ ...before, path, error, loading: false }));
        }
      }
    } while (own.again && !own.abort.signal.aborted);
    if (running.current === own) {
      running.current = null;
    }
  }, [path]);

  useEffect(() => {
    load();
    const stops = [
      missed.subscribe(load),
      sessionEnded.subscribe((ended) => ended || load()),
    ];
    const timer = every ? setInterval(() => document.hidden || load(), every) : 0;
    return () => {
      stops.forEach((stop) => stop());
      clearInterval(timer);
      running.current?.abort.abort();
      running.current = null;
    };
  }, [load, every]);

  const current = state.path === path;
  return { data: current ? state.data : null, error: current ? state.error : null, loading: !current || state.loading, reload: load };
}
