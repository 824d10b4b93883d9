package dev.vorrang.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.console.page.SampleMails.SampleMail;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.view.Severity;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The list of mails while answers are slow, mails come in and people point at it. */
class MailListTest extends PageTest {

    /** Counts what a line of the list does once each time that it is drawn, and the formatters that are made. */
    private static final String COUNT = """
            window.drawn = 0;
            const iso = Date.prototype.toISOString;
            Date.prototype.toISOString = function () {
              window.drawn++;
              return iso.call(this);
            };
            window.made = 0;
            for (const kind of ['DateTimeFormat', 'NumberFormat', 'PluralRules']) {
              Intl[kind] = new Proxy(Intl[kind], { construct: (...all) => {
                window.made++;
                return Reflect.construct(...all);
              } });
            }
            """;

    private void awaitLines(int count) {
        browser.awaiting(count + " mails", () -> browser.all(".line").size() == count);
    }

    private int y(String record) {
        return browser.find(".line[data-id=" + record + "]").getRect().getY();
    }

    private long number(String script) {
        return (long) browser.script("return " + script);
    }

    private List<SampleMail> mails(String prefix, int count, Severity severity) {
        return IntStream.range(0, count)
                .mapToObj(
                        i -> SampleMails.of(prefix + "-" + i, prefix + " " + i, "Text", severity, now.minusSeconds(i)))
                .toList();
    }

    @Test
    void shouldNotShowAnOlderAnswerAfterANewerOne() {
        console.records.setOnly(mails("mail", 1, Severity.NORMAL));
        try (var answers = new HeldAnswers(browser)) {
            open("/");
            awaitLines(1);
            answers.hold("/records?");
            browser.go("/?queue=service");
            answers.await(1);
            browser.go("/");
            answers.await(2);
            console.records.add(mails("later", 1, Severity.NORMAL));
            browser.go("/?queue=service");
            answers.await(3);

            answers.letGo(2);
            awaitLines(2);
            answers.letGo(0);
            assertThat(browser.texts(".line .subject")).containsExactlyInAnyOrder("mail 0", "later 0");
        }
    }

    @Test
    void shouldNotMixPagesOfTwoLists() {
        console.records.setOnly(mails("mail", 70, Severity.NORMAL));
        try (var answers = new HeldAnswers(browser)) {
            open("/");
            awaitLines(50);
            browser.pointAway();
            answers.hold("/records?");
            browser.script("document.querySelector('.list-scroll').scrollTo(0, 1e6)");
            answers.await(1);
            console.records.add(mails("urgent", 10, Severity.URGENT));
            browser.press("n");
            answers.await(2);
            answers.holdNone();

            answers.letGo(1);
            answers.letGo(0);
            awaitLines(80);
        }
    }

    @Test
    void shouldKeepWhatIsToldWhileItLoads() {
        try (var answers = new HeldAnswers(browser)) {
            open("/");
            awaitLines(11);
            browser.pointAt(browser.find(".line[data-id=order]"));
            answers.hold("/records?");
            browser.press("n");
            answers.await(1);
            console.records.arrive(SampleMails.of("order", "Order for three", "Text", Severity.NORMAL, now));
            console.records.arrive(SampleMails.of("new", "Gas leak in hall 2", "Text", Severity.URGENT, now));
            elsewhere("order", DeskEventType.CLAIMED);
            browser.find(".line[data-id=order] .tag", "bob");

            answers.letGo(0);
            browser.find(".line[data-id=order] .subject", "Order for three");
            browser.find(".line[data-id=order] .tag", "bob");
            browser.find(".new-bar button", "1 urgent");
        }
    }

    @Test
    void shouldTellWhenTheNextPageCannotBeLoadedAndTryAgain() {
        console.records.setOnly(mails("mail", 70, Severity.NORMAL));
        browser.beforeEachPage("""
                const real = window.fetch;
                window.broken = true;
                window.fetch = (url, options) => (window.broken && String(url).includes('after=') ? Promise.reject(new TypeError('offline')) : real(url, options));
                """);
        try {
            open("/");
            awaitLines(50);
            browser.script("document.querySelector('.list-scroll').scrollTo(0, 1e6)");
            browser.find(".list-scroll .failure", "No connection to the console");
            browser.script("window.broken = false");
            browser.click(".list-scroll .failure button");
            awaitLines(70);
            browser.awaitGone(".list-scroll .failure");
        } finally {
            browser.beforeEachPage("");
        }
    }

    @Test
    void shouldDrawOnlyWhatHasChangedAndKeepFormatters() {
        console.records.add(mails("mail", 30, Severity.NORMAL));
        try (var answers = new HeldAnswers(browser, COUNT)) {
            open("/");
            awaitLines(41);
            browser.pointAway();
            answers.awaitQuiet();
            assertThat(number("window.made")).isBetween(1L, 20L);
            browser.script("window.drawn = 0");
            elsewhere("order", DeskEventType.CLAIMED);
            browser.find(".line[data-id=order] .tag", "bob");
            assertThat(number("window.drawn")).isBetween(1L, 2L);

            browser.script("window.drawn = 0");
            browser.press("j");
            browser.find(".line.selected");
            assertThat(number("window.drawn")).isLessThan(20);
        }
    }

    @Test
    void shouldNotMoveWhatIsPointedAtWhenTheBrokerIsBack() {
        int before = y("order");
        browser.pointAt(browser.find(".line[data-id=order]"));
        console.records.setSilent(true);
        console.records.add(mails("urgent", 5, Severity.URGENT));
        console.records.setSilent(false);
        console.records.setBrokerAway(true);
        browser.find(".banner", "The Kafka broker is away.");
        console.records.setBrokerAway(false);
        browser.find(".new-bar button", "5 urgent");
        browser.awaitGone(".banner");

        assertThat(y("order")).isEqualTo(before);
        browser.press("n");
        awaitLines(16);
    }

    @Test
    void shouldShowACorrectionInItsLine() {
        browser.press("j");
        browser.find(".mail-bar");
        browser.press("p");
        browser.find(".palette button");
        browser.press("4");
        browser.find(".line.selected.low");
    }

    @Test
    void shouldKeepTheFocusInTheFilters() {
        browser.find(".facet-value", "service");
        browser.script(
                "[...document.querySelectorAll('.facet-value')].find((each) => each.textContent.startsWith('service'))"
                        + ".querySelector('input').focus()");
        browser.press(Keys.SPACE);
        awaitLines(3);
        browser.press(Keys.SPACE);
        awaitLines(11);
        browser.press(Keys.SPACE);
        awaitLines(3);
    }
}
