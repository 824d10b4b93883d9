package dev.vorrang.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.console.view.RecordDetail;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.view.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

class MailDeskTest extends PageTest {

    private static final String FIRST = "Blutbank: Kühlung ausgefallen, Temperatur steigt";

    /** Opens the connection for what is live when {@code connect()} is called. */
    private static final String CONNECT_LATER = """
            const Real = EventSource;
            window.EventSource = function (url) {
              const calls = [];
              const late = { addEventListener: (...all) => calls.push(all), close: () => {} };
              window.connect = () => {
                const real = new Real(url);
                real.onopen = () => late.onopen();
                real.onerror = () => late.onerror();
                late.close = () => real.close();
                calls.forEach((all) => real.addEventListener(...all));
              };
              return late;
            };
            """;

    /** Two keys in two tasks, which come before the browser draws the next frame. */
    private static final String TYPE_P1 = """
            const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            return new Promise((done) => {
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => done(press('1'));
              press('p');
              port2.postMessage('');
            });
            """;

    @Test
    void shouldListMailsByPriority() {
        assertThat(browser.texts(".line .subject"))
                .startsWith(FIRST, "Production line down – freezer tunnel FT-2 not starting")
                .hasSize(11)
                .last()
                .isEqualTo("This week: five trends in refrigerated transport");
    }

    @Test
    void shouldMissNothingBetweenItsListAndWhatIsLive() {
        browser.beforeEachPage(CONNECT_LATER);
        try {
            open("/");
            browser.awaiting("all mails", () -> browser.all(".line").size() == 11);
            browser.pointAway();
            console.records.add(SampleMails.flood("portal", 3, now));

            browser.script("connect()");

            browser.find(".fold", "3 similar mails");
        } finally {
            browser.beforeEachPage("");
        }
    }

    @Test
    void shouldFilterAndSearch() {
        browser.click(".facet-value", "billing");
        browser.awaiting("one mail", () -> browser.all(".line").size() == 1);
        assertThat(browser.texts(".line .subject")).containsExactly("Rechnung 2026-1183 doppelt abgebucht");
        assertThat(browser.address()).contains("queue=billing");

        browser.click(".filters button", "Clear filters");
        browser.awaiting("all mails", () -> browser.all(".line").size() == 11);
        browser.press("/");
        browser.press("refrigerators", Keys.ENTER);
        browser.awaiting("one mail", () -> browser.all(".line").size() == 1);
        assertThat(browser.texts(".line .sender")).containsExactly("Marco Bellini");
    }

    @Test
    void shouldShowAMailWithReasonsMarksAndAttachments() {
        browser.click(".line-link", FIRST);

        browser.find("mark.up", "ausgefallen");
        browser.find("mark.down", "Bitte");
        browser.find(".reasons li", "urgency now (82 %), at stake: life");
        browser.find(".share.strong", "life and safety");
        browser.find(".attachments", "Temperaturverlauf.pdf");
        browser.find(".attachments", "184.2 kB");
        browser.find(".signature", "Dr. Lena Vogt");
    }

    @Test
    void shouldShowTheBeginningOfAHugeMailAndGoOn() {
        String text = "word ".repeat(RecordDetail.MAX_FIELD_CHARS / 5);
        SampleMails.SampleMail mail = SampleMails.of("huge", "A log file", text, Severity.NORMAL, now);
        mail.source().put("textTruncated", true).put("quoted", text).put("signature", text);
        console.records.add(List.of(mail));
        open("/?id=huge");

        browser.find(".mail-main .hint", "The text was cut at its limit.");
        assertThat(shownCharacters()).isEqualTo(20_000);
        browser.click(".mail-main .button", "Show all 200,000 characters");
        browser.awaiting("all that there is", () -> shownCharacters() == RecordDetail.MAX_FIELD_CHARS);
        browser.press("c");
        browser.find(".desk-status", "You work on this");
        browser.press("d");
        browser.awaiting("both count", () -> counted().equals(List.of(DeskEventType.CLAIMED, DeskEventType.DONE)));
    }

    private long shownCharacters() {
        return (long) browser.script("return document.querySelector('.mail-text').textContent.length");
    }

    @Test
    void shouldClaimFinishAndUndoWithKeys() {
        browser.press("j");
        browser.find(".mail-title h2", FIRST);
        browser.press("c");
        browser.find(".desk-status", "You work on this");
        browser.press("d");
        browser.find(".mail-title h2", "Production line down");
        assertThat(counted()).containsExactly(DeskEventType.CLAIMED, DeskEventType.DONE);
        browser.find(".line.done .subject", FIRST);

        browser.press("u");
        browser.find(".toast", "Undone");
        assertThat(counted()).endsWith(DeskEventType.REOPENED, DeskEventType.CLAIMED);
    }

    @Test
    void shouldShowWhoWasFirst() {
        browser.press("j");
        browser.find(".desk-status", "Nobody works on this");
        elsewhere("ventilation", DeskEventType.CLAIMED);
        browser.find(".desk-status", "bob works on this");
        browser.find(".line.selected .tag", "bob");
    }

    @Test
    void shouldTellThatAClaimCameTooLate() {
        browser.press("j");
        browser.find(".desk-status", "Nobody works on this");
        // The page has not heard of it when the agent claims.
        console.records.setSilent(true);
        elsewhere("ventilation", DeskEventType.CLAIMED);
        browser.press("c");
        browser.find(".toast.bad", "bob was first");
        browser.find(".desk-status", "bob works on this");
        assertThat(counted()).containsExactly(DeskEventType.CLAIMED);
    }

    @Test
    void shouldCorrectInTwoKeys() {
        browser.press("j");
        browser.find(".mail-title h2", FIRST);
        for (String keys : List.of("t2", "s1", "g3", "p4", "q1")) {
            browser.find(".mail-bar");
            browser.press(keys.substring(0, 1));
            browser.find(".palette button");
            browser.press(keys.substring(1));
            browser.awaitGone(".palette");
        }
        browser.awaiting("events", () -> console.records.counted().size() == 4);

        // The sentiment was right already.
        assertThat(console.records.counted())
                .extracting(DeskEvent::getCorrections)
                .containsExactly(
                        Map.of("topic", "billing"),
                        Map.of("urgency", "soon"),
                        Map.of("priority", "LOW"),
                        Map.of("queue", "billing"));
        browser.find(".toast", "Priority corrected: Low");
    }

    @Test
    void shouldTakeTheSecondKeyBeforeTheNextFrame() {
        open("/?id=order");
        browser.find(".mail-bar");
        browser.script(TYPE_P1);
        browser.find(".toast", "Priority corrected");
    }

    @Test
    void shouldKeepACommentUntilItIsSent() {
        open("/?id=order");
        browser.find(".mail-title h2", "Order for two");
        browser.press("m");
        browser.press("Called him, wants stainless steel.");
        open("/?id=order");
        browser.find("#comment");
        assertThat(browser.find("#comment").getDomProperty("value")).isEqualTo("Called him, wants stainless steel.");
        browser.click(".comments button", "Comment");
        browser.find(".comment-text", "Called him, wants stainless steel.");
        assertThat(console.records.counted())
                .extracting(DeskEvent::getComment)
                .containsExactly("Called him, wants stainless steel.");
    }

    @Test
    void shouldNotMoveWhatIsPointedAt() {
        var line = browser.find(".line[data-id=order]");
        int before = line.getRect().getY();
        browser.pointAt(line);
        for (int i = 0; i < 12; i++) {
            console.records.arrive(SampleMails.of("new-" + i, "Sensor at the gate " + i, "Text", Severity.URGENT, now));
        }
        browser.find(".new-bar button", "12 new");
        browser.find(".new-bar button", "12 urgent");
        assertThat(browser.all(".line")).hasSize(11);
        assertThat(browser.find(".line[data-id=order]").getRect().getY()).isEqualTo(before);

        browser.click(".new-bar button");
        browser.awaiting("new mails", () -> browser.all(".line").size() == 23);
        browser.awaitGone(".new-bar button");
    }

    @Test
    void shouldShowWhatIsNewWhenNobodyIsAtTheList() {
        console.records.arrive(SampleMails.of("new", "Gas leak in hall 2", "Text", Severity.URGENT, now));
        browser.find(".line .subject", "Gas leak in hall 2");
    }

    @Test
    void shouldFinishAFloodWithOneAction() {
        console.records.add(SampleMails.flood("portal", 148, now));
        open("/");
        browser.find(".fold", "148 similar mails");
        browser.find(".fold", "30 in the last hour");
        browser.click(".fold button", "Done with all");
        browser.find(".dialog", "Done with 148 similar mails?");
        browser.press(Keys.ENTER);
        browser.find(".toast", "148 mails done");
        assertThat(counted()).hasSize(148).containsOnly(DeskEventType.DONE);
    }

    @Test
    void shouldOpenAFold() {
        console.records.add(SampleMails.flood("portal", 3, now));
        open("/");
        browser.click(".fold-open");
        browser.awaiting("the mails of the fold", () -> browser.all(".line").size() == 3);
        browser.click(".crumb a");
        browser.awaiting("all", () -> browser.all(".line").size() == 12);
    }

    @Test
    void shouldKeepTheFocusOnWhatIsPressed() {
        open("/?id=order");
        browser.find(".mail-actions button", "Claim");
        browser.script("document.querySelector('.mail-actions button').focus()");
        browser.press(Keys.ENTER);
        browser.find(".desk-status", "You work on this");
        browser.find(".mail-actions button:not([aria-disabled])", "Release");
        assertThat(browser.script("return document.activeElement.matches('.mail-actions button')"))
                .isEqualTo(true);
    }

    @Test
    void shouldKeepAMessageThatSomebodyIsAt() {
        browser.beforeEachPage("""
                const real = window.setTimeout;
                window.late = [];
                window.setTimeout = (run, wait, ...rest) => (wait >= 6000 ? window.late.push(run) : real(run, wait, ...rest));
                window.runLate = () => window.late.splice(0).forEach((run) => run());
                """);
        try {
            open("/?id=order");
            browser.find(".mail-bar");
            browser.press("c");
            browser.find(".toast button", "Undo");
            browser.script("document.querySelector('.toast button').focus(); window.runLate()");
            assertThat(browser.all(".toast")).hasSize(1);
            browser.script("document.activeElement.blur(); window.runLate()");
            browser.awaitGone(".toast");
        } finally {
            browser.beforeEachPage("");
        }
    }

    @Test
    void shouldNotSendACommentTwice() {
        open("/?id=order");
        browser.find(".mail-bar");
        browser.press("m");
        browser.press("Called him.");
        console.records.setBrokerAway(true);
        browser.click(".comments button", "Comment");
        browser.find(".banner", "1 action waits");
        browser.go("/?id=cancel");
        browser.find(".mail-title h2", "ancel");
        browser.go("/?id=order");
        browser.find(".mail-title h2", "Order for two");
        assertThat(browser.find("#comment").getDomProperty("value")).isEmpty();
        console.records.setBrokerAway(false);
        browser.find(".comment-text", "Called him.");
    }

    @Test
    void shouldTellThatALinkCouldNotBeCopied() {
        open("/?id=line-stop");
        browser.find(".mail-links button");
        browser.script("Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })");
        browser.click(".mail-links button");
        browser.find(".mail-links button", "Not copied");
    }

    @Test
    void shouldListAllKeys() {
        browser.press("j");
        browser.find(".mail-title h2");
        browser.press("?");
        browser.find(".key-list", "Correct the topic");
        browser.find(".key-list", "Next mail");
        browser.press(Keys.ESCAPE);
        browser.awaitGone(".key-list");
    }
}
