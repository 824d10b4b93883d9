package dev.vorrang.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Taking back what was done: all of it, and nothing that somebody else has done since. */
class UndoTest extends PageTest {

    private static final int FLOOD = 5;

    @BeforeEach
    void addFlood() {
        console.records.add(SampleMails.flood("portal", FLOOD, now));
        open("/");
        browser.find(".fold", FLOOD + " similar mails");
    }

    private void onAll(String button, String told) {
        browser.click(".fold button", button);
        browser.find(".dialog");
        browser.press(Keys.ENTER);
        browser.find(".toast", told);
    }

    private List<String> records(DeskEventType type) {
        return console.records.counted().stream()
                .filter(event -> event.getType() == type)
                .map(DeskEvent::getRecord)
                .toList();
    }

    @Test
    void shouldTakeBackAllOfAGroup() {
        onAll("Done with all", "5 mails done");
        browser.click(".toast button", "Undo");
        browser.find(".toast", "Undone");
        assertThat(records(DeskEventType.REOPENED))
                .containsExactlyInAnyOrder("portal-0", "portal-1", "portal-2", "portal-3", "portal-4");
        browser.find(".line.open .fold");
    }

    @Test
    void shouldGiveBackWhatThePersonWasWorkingOn() {
        open("/?id=portal-3");
        browser.find(".mail-bar");
        browser.press("c");
        browser.find(".desk-status", "You work on this");
        browser.press(Keys.ESCAPE);
        onAll("Done with all", "5 mails done");
        browser.press("u");
        browser.find(".toast", "Undone");
        assertThat(records(DeskEventType.CLAIMED)).containsExactly("portal-3", "portal-3");
        assertThat(counted()).endsWith(DeskEventType.CLAIMED);
    }

    @Test
    void shouldLeaveWhatOthersHaveTakenSince() {
        onAll("Done with all", "5 mails done");
        elsewhere("portal-2", DeskEventType.REOPENED);
        elsewhere("portal-2", DeskEventType.CLAIMED);
        browser.press("u");
        browser.find(".toast", "Undone for 4 of 5 mails");
        open("/?id=portal-2");
        browser.find(".desk-status", "bob works on this");
    }

    @Test
    void shouldReleaseOnlyWhatWasClaimed() {
        elsewhere("portal-1", DeskEventType.CLAIMED);
        onAll("Claim all", "4 mails claimed");
        browser.press("u");
        browser.find(".toast", "Undone");
        assertThat(records(DeskEventType.RELEASED))
                .containsExactlyInAnyOrder("portal-0", "portal-2", "portal-3", "portal-4");
    }

    @Test
    void shouldTakeBackAlsoWhatAFirstAttemptHadChanged() {
        console.records.failOnceAfter(2);
        onAll("Done with all", "5 mails done");
        browser.press("u");
        browser.find(".toast", "Undone");
        assertThat(records(DeskEventType.DONE)).hasSize(FLOOD);
        assertThat(records(DeskEventType.REOPENED)).hasSize(FLOOD);
    }

    @Test
    void shouldNotTakeAMailFromSomebodyElse() {
        open("/?id=order");
        browser.find(".mail-bar");
        browser.press("d");
        browser.find(".toast", "Done");
        elsewhere("order", DeskEventType.REOPENED);
        elsewhere("order", DeskEventType.CLAIMED);
        browser.press("u");
        browser.find(".toast.bad", "somebody has changed it since");
        assertThat(counted()).containsExactly(DeskEventType.DONE, DeskEventType.REOPENED, DeskEventType.CLAIMED);
    }

    @Test
    void shouldTakeBackTheStepThatAMessageTellsOf() {
        open("/?id=order");
        browser.find(".mail-bar");
        browser.press("c");
        browser.find(".toast", "You work on this mail now");
        open("/?id=cancel");
        browser.find(".mail-bar");
        browser.press("c");
        browser.find(".toast", "You work on this mail now");
        browser.press("p1");
        browser.find(".toast", "Priority corrected");
        browser.click(".toast.good button", "Undo");
        browser.find(".toast", "Undone");
        assertThat(console.records.counted())
                .last()
                .extracting(DeskEvent::getType, DeskEvent::getRecord, DeskEvent::getCorrections)
                .containsExactly(DeskEventType.RELEASED, "cancel", Map.of());
    }

    @Test
    void shouldTakeBackStepByStep() {
        open("/?id=order");
        browser.find(".mail-bar");
        browser.press("c");
        browser.find(".desk-status", "You work on this");
        browser.press("d");
        browser.find(".toast", "Done");
        browser.press("uu");
        browser.awaiting("both", () -> counted().size() == 5);
        assertThat(counted())
                .containsExactly(
                        DeskEventType.CLAIMED,
                        DeskEventType.DONE,
                        DeskEventType.REOPENED,
                        DeskEventType.CLAIMED,
                        DeskEventType.RELEASED);
    }
}
