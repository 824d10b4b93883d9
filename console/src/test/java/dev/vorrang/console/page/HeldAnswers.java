package dev.vorrang.console.page;

import java.util.List;

/** Holds back answers of the API in the page, as a slow network does, until a test lets them go in an order of its own. */
final class HeldAnswers implements AutoCloseable {

    private static final String SCRIPT = """
            const Source = EventSource;
            window.EventSource = function (url) {
              const source = new Source(url);
              source.addEventListener('health', () => setTimeout(() => { window.live = true; }));
              return source;
            };
            window.running = 0;
            const plain = window.fetch;
            const real = (...all) => {
              window.running++;
              return plain(...all).finally(() => setTimeout(() => window.running--));
            };
            window.holding = '';
            window.held = [];
            window.fetch = (url, options = {}) => {
              if (!window.holding || !String(url).includes(window.holding)) {
                return real(url, options);
              }
              return new Promise((resolve, reject) => {
                options.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
                real(url, { ...options, signal: undefined })
                  .then((answer) => window.held.push({ url, letGo: () => resolve(answer) }), reject);
              });
            };
            """;
    private static final String SETTLE = """
            const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => setTimeout(done))));
            """;

    private final Chromium browser;

    /** For pages that are opened from now on, which also run a script of the test. */
    HeldAnswers(Chromium browser, String more) {
        this.browser = browser;
        browser.beforeEachPage(SCRIPT + more);
    }

    /** For pages that are opened from now on. */
    HeldAnswers(Chromium browser) {
        this(browser, "");
    }

    /** Waits until what is live has begun, for which lists are loaded once more, and nothing is being loaded. */
    void awaitQuiet() {
        browser.awaiting(
                "a quiet page", () -> (boolean) browser.script("return window.live === true && window.running === 0"));
        browser.scriptAsync(SETTLE);
    }

    /** From now on, answers of addresses with this part are held. */
    void hold(String part) {
        awaitQuiet();
        browser.script("window.holding = arguments[0]", part);
    }

    /** From now on, none is held. */
    void holdNone() {
        browser.script("window.holding = ''");
    }

    /** Waits until so many are held. */
    void await(int count) {
        browser.awaiting(count + " answers", () -> urls().size() == count);
    }

    private List<?> urls() {
        return (List<?>) browser.script("return window.held.map(({ url }) => url)");
    }

    /** Lets one go, by the order in which they came, and waits until the page has drawn it. */
    void letGo(int number) {
        browser.script("window.held[arguments[0]].letGo()", number);
        browser.scriptAsync(SETTLE);
    }

    @Override
    public void close() {
        browser.beforeEachPage("");
    }
}
