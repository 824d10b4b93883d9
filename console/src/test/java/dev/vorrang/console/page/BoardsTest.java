package dev.vorrang.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

class BoardsTest extends PageTest {

    @Test
    void shouldShowTheParkByState() {
        open("/machines");
        browser.find(".tile", "compressor-2");
        assertThat(browser.texts(".figure strong")).containsExactly("1", "1", "0", "9");
        browser.find(".alert-card", "anomalous; main contributors: vibration, temperature");

        browser.click(".figure", "Silent");
        browser.awaiting("silent machines", () -> browser.all(".tile").size() == 1);
        assertThat(browser.texts(".tile strong")).containsExactly("pump-4");
    }

    @Test
    void shouldTellAlertsInTheLanguageOfThePage() {
        open("/machines");
        browser.script("localStorage.setItem('vorrang.language', 'de')");
        try {
            open("/machines");
            browser.find(".alert-card", "compressor-2: Anomalie");
            browser.find(".alert-card", "auffällig; am meisten: vibration, temperature");
            open("/demand");
            browser.find(".alert-card", "door-seal-PK300: Bestand geht aus");
            browser.find(".alert-card", "18 im Bestand und unterwegs reichen mit 93 %");
        } finally {
            browser.script("localStorage.removeItem('vorrang.language')");
        }
    }

    @Test
    void shouldAcknowledgeAnAlert() {
        open("/machines");
        browser.click(".alert-card button", "Acknowledge");
        browser.find(".toast", "Acknowledged");
        assertThat(console.records.counted())
                .extracting(DeskEvent::getType, DeskEvent::getStream)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(DeskEventType.ACKNOWLEDGED, "machine"));
    }

    private long loads() {
        return (long)
                browser.script(
                        "return performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/api/v1/machines')).length");
    }

    @Test
    void shouldNotLoadTheMachinesAgainForWhatIsKnown() {
        // Without the loads every few seconds, and the one when what is live begins.
        browser.beforeEachPage(
                "window.setInterval = () => 0; window.EventSource = class { addEventListener() {} close() {} };");
        try {
            open("/machines");
            browser.find(".alert-card", "not acknowledged");
            browser.click(".alert-card button", "Acknowledge");
            browser.find(".alert-card", "acknowledged by you");
            browser.click(".tile", "compressor-2");
            browser.find(".sensor.blamed .u-over");
            browser.find(".alert-card", "acknowledged by you");
            assertThat(loads()).isEqualTo(1);
        } finally {
            browser.beforeEachPage("");
        }
    }

    @Test
    void shouldKeepTheFocusWhereAButtonGoes() {
        open("/machines");
        browser.find(".alert-card button", "Acknowledge");
        browser.script("document.querySelector('.alert-card button').focus()");
        browser.press(Keys.ENTER);
        browser.find(".toast", "Acknowledged");
        browser.awaiting(
                "the focus", () -> (boolean) browser.script("return document.activeElement.matches('.alert-card')"));
    }

    @Test
    void shouldTellChartsInTheLanguageThatIsChosen() {
        open("/machines?machine=compressor-2");
        browser.find(".chart-legend", "normal band");
        try {
            choose("de");
            browser.find(".chart-legend", "Normalband");
            browser.find(".chart-legend", "Alarm");
            assertThat(browser.texts(".chart-legend")).noneMatch(legend -> legend.contains("normal band"));
            assertThat(browser.texts(".chart-legend").get(0)).contains("Anomalie");
            browser.click(".sensor summary");
            assertThat(browser.find(".sensor .table-scroll").getAttribute("aria-label"))
                    .isEqualTo("vibration");
            open("/demand?item=door-seal-PK300");
            browser.find(".chart-legend", "bestellt");
            choose("en");
            browser.find(".chart-legend", "ordered");
            assertThat(browser.find(".chart-legend").getText())
                    .contains("closed")
                    .doesNotContain("geschlossen");
        } finally {
            browser.script("localStorage.removeItem('vorrang.language')");
        }
    }

    private void choose(String language) {
        browser.click(".menu summary");
        browser.script(
                "const select = document.querySelectorAll('.choice select')[1]; select.value = arguments[0];"
                        + "select.dispatchEvent(new Event('change', { bubbles: true }))",
                language);
        browser.press(Keys.ESCAPE);
    }

    @Test
    void shouldShowAMachineWithSensorsToBlameFirst() {
        open("/machines?machine=compressor-2");
        browser.find(".sensor.blamed .u-over");
        assertThat(browser.texts(".charts h2"))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("Anomaly score"),
                        second -> assertThat(second).startsWith("vibration").contains("contributes to the alert"),
                        third -> assertThat(third).startsWith("temperature"),
                        fourth -> assertThat(fourth).isEqualTo("current"));
        browser.find(".life-figure", "80 % interval: 38 to 97");
        browser.find(".chart-legend", "normal band");
        browser.find(".chart-legend", "alarm");

        browser.click(".sensor.blamed summary", "Numbers as a table");
        browser.find(".sensor.blamed th", "mean (mm/s)");
        assertThat(browser.all(".sensor.blamed tbody tr")).hasSizeBetween(30, 70);
    }

    @Test
    void shouldStartAndEndMaintenanceAndAccept() {
        open("/machines?machine=compressor-2");
        browser.click(".board-actions button", "Start maintenance");
        browser.find(".dialog textarea");
        browser.press("New bearing", Keys.TAB);
        browser.click(".dialog button[type=submit]");
        browser.click(".board-actions button", "End maintenance");
        browser.click(".board-actions button", "Accept as normal");
        browser.find(".dialog textarea");
        browser.press("Runs faster now");
        browser.click(".dialog button[type=submit]");
        browser.find(".toast", "Accepted");

        assertThat(console.machines.marks)
                .containsExactly(
                        "maintain compressor-2: New bearing",
                        "end compressor-2",
                        "accept compressor-2 by local: Runs faster now");
    }

    @Test
    void shouldTellThatAnActionDidNotReachTheServer() {
        open("/machines?machine=compressor-2");
        browser.click(".board-actions button", "Start maintenance");
        browser.find(".dialog textarea");
        browser.press("New bearing", Keys.TAB);
        browser.click(".dialog button[type=submit]");
        browser.find(".board-actions button", "End maintenance");
        browser.script("window.fetch = () => Promise.reject(new TypeError('offline'))");
        browser.click(".board-actions button", "End maintenance");
        browser.find(".toast.bad", "The server does not answer");
    }

    @Test
    void shouldShowItemsAndTheForecastOfOne() {
        open("/demand");
        browser.find(".alert-card", "door-seal-PK300: stockout ahead");
        assertThat(browser.texts(".items tbody tr"))
                .first()
                .asString()
                .contains("door-seal-PK300", "2.1 days", "93%", "80");

        browser.click(".items a", "door-seal-PK300");
        browser.find(".chart .u-over");
        browser.find(".chart-legend", "to 90% intervals");
        browser.find(".note", "Order 80 now.");
        browser.find(".facts", "2.31");
        browser.find(".share", "quantile 90%");
    }

    @Test
    void shouldShowHowTheStreamsDoAndReplayADeadLetter() {
        open("/operations");
        browser.find(".stat", "310 ms");
        browser.find(".card", "mail-triage 3");
        browser.find(".corrections", "billing");
        browser.find(".card", "mail.received");

        browser.click(".letters button", "Open");
        browser.find(".bytes", "<img src=x onerror=alert(1)>");
        browser.find(".facts", "there is no schema 9");
        browser.click(".dialog .chip", "Hex");
        browser.find(".bytes", "000000  7b 22 73 75 62 6a 65 63");
        browser.click(".dialog button.primary", "Send again");
        browser.find(".toast", "Sent again");
        browser.find(".letters .tag", "sent again");
    }
}
