// The list: loaded by pages, changed in place, and never moved under a hand. What is new waits until it is asked for, or until
// nobody is at the list.
import { useEffect, useMemo, useState } from '../core/dom.js';
import { get, me, records } from '../core/api.js';
import { missed, onChange } from '../core/live.js';
import { changed, continued, kept, replaced } from './list-changes.js';
import { apiQuery, MOST } from './query.js';

const PAGE = 50;
const LOOKED_AFTER_EVERY = 200;
/** A search of the server's while mails pour in. */
const LOADED_EVERY = 1000;

/** The list of a query while it is shown. One request is under way at a time; a later one takes its place. */
class List {
  page = null;
  fresh = new Map();
  error = null;
  /** Whether the error is that of the page that follows. */
  errorOfMore = false;
  #stale = false;
  #loadedAt = 0;
  /** Whether somebody waits for what is being loaded. */
  #asked = false;
  /** Of the request that is under way. */
  #running = null;
  /** Told while it is under way: it may know of that, or not. */
  #meanwhile = [];
  /** To be drawn with the next frame. */
  #changes = [];
  #frame = 0;
  #stops = [];

  /**
   * @param isCalm tells whether the list may be drawn anew by itself
   * @param draw is called when something has changed
   */
  constructor(stream, query, isCalm, draw) {
    Object.assign(this, { stream, query, isCalm, draw });
  }

  open() {
    const timer = setInterval(() => this.#lookAfter(), LOOKED_AFTER_EVERY);
    this.#stops = [
      ...['scored', 'desk'].map((kind) => onChange(kind, (value) => value.stream === this.stream && this.#take(kind, value))),
      missed.subscribe(() => this.#load(false)),
      () => clearInterval(timer),
    ];
    this.#load(true);
  }

  close() {
    this.#stops.forEach((stop) => stop());
    this.#running?.abort();
    this.#running = null;
    cancelAnimationFrame(this.#frame);
  }

  /** Loads it anew, and shows it in its order. */
  load = () => this.#load(true);

  /** Loads the page that follows, unless something is being loaded; the list asks again when it has been drawn. */
  more = async () => {
    if (this.#running || !this.page?.next) {
      return;
    }
    const { answer, error } = await this.#request({ limit: PAGE, after: this.page.next });
    if (answer) {
      this.#show(continued(this.#state(), answer));
    } else if (error) {
      this.#fail(error, true);
    }
  };

  /** @param asked whether somebody has asked for it; otherwise no line moves while somebody is at the list */
  async #load(asked) {
    this.#loadedAt = Date.now();
    this.#asked ||= asked;
    const { answer, error } = await this.#request({ limit: Math.min(MOST, Math.max(PAGE, this.page?.items.length ?? 0)) });
    if (answer) {
      const anew = this.#asked || !this.page || this.isCalm();
      this.#asked = false;
      this.#show(anew ? replaced(this.#state(), answer) : kept(this.#state(), answer, this.query));
    } else if (error && (this.#asked || !this.page)) {
      this.#asked = false;
      this.#fail(error, false);
    } else if (error) {
      // The banner tells of it, and the list is loaded as soon as it can be.
      this.#show({ ...this.#state(), stale: true });
    }
  }

  /** {answer} or {error}, or neither if another request took its place. */
  async #request(parameters) {
    if (this.page) {
      // What was told before a request is in its answer.
      this.#changes.push(...this.#meanwhile);
    }
    this.#meanwhile = [];
    this.#drawChanges();
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const outcome = await get(records(this.stream, apiQuery(this.query, parameters)), { signal: running.signal })
      .then((answer) => ({ answer }), (error) => ({ error }));
    if (this.#running !== running) {
      return {};
    }
    this.#running = null;
    return outcome;
  }

  #fail(error, ofMore) {
    this.#show(this.#state());
    Object.assign(this, { error, errorOfMore: ofMore });
    this.draw();
  }

  #state() {
    return { page: this.page, fresh: this.fresh, stale: this.#stale };
  }

  /** Shows a state, with what was told while it was asked for. */
  #show(state) {
    const changes = this.#meanwhile;
    this.#meanwhile = [];
    this.#set(state.page ? changed(state, changes, this.query, me.get().user) : state);
    Object.assign(this, { error: null, errorOfMore: false });
    this.draw();
  }

  #set({ page, fresh, stale }) {
    Object.assign(this, { page, fresh });
    this.#stale = stale;
  }

  /** Changes are drawn together, so that a flood of them costs no more than a few. */
  #take(kind, value) {
    if (this.#running) {
      this.#meanwhile.push({ kind, value, counted: false });
    }
    // What somebody has done is shown at once, and may be told twice; a new record is counted once.
    if (this.page && (!this.#running || kind === 'desk')) {
      this.#changes.push({ kind, value, counted: true });
      this.#frame ||= requestAnimationFrame(() => this.#drawChanges());
    }
  }

  #drawChanges() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const changes = this.#changes;
    this.#changes = [];
    if (changes.length) {
      this.#set(changed(this.#state(), changes, this.query, me.get().user));
      this.draw();
    }
  }

  #lookAfter() {
    if ((this.fresh.size || this.#stale) && !this.#running && !document.hidden && Date.now() - this.#loadedAt >= LOADED_EVERY && this.isCalm()) {
      this.#load(false);
    }
  }
}

/**
 * {page, fresh, error, errorOfMore, load, more}; fresh are the records that came in and are not shown, by id.
 *
 * @param query the same object as long as it is the same query
 * @param isCalm as above, always the same function
 */
export function useList(stream, query, isCalm) {
  const [, draw] = useState(0);
  const list = useMemo(() => new List(stream, query, isCalm, () => draw((count) => count + 1)), [stream, query, isCalm]);
  useEffect(() => {
    list.open();
    return () => list.close();
  }, [list]);
  return list;
}
