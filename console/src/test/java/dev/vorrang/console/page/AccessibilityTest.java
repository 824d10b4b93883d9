package dev.vorrang.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.view.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/**
 * What axe, keys and screens of other sizes say of each page. With {@code -Dvorrang.pictures=FOLDER} the pages are photographed into the
 * folder, which must be there.
 */
class AccessibilityTest extends PageTest {

    private static final String RUN = """
            const done = arguments[arguments.length - 1];
            axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((result) =>
              done(result.violations.map((violation) =>
                `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 150) + ' ' + node.failureSummary).join(' | ')}`)));
            """;
    private static final String AXE = axe();

    private static String axe() {
        try (var in = AccessibilityTest.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void addFlood() {
        console.records.add(SampleMails.flood("portal", 12, now));
    }

    /** On a wide and a narrow screen, light and dark. */
    private void requireAccessible(String page) {
        browser.script(AXE);
        var problems = new ArrayList<String>();
        for (int width : List.of(1440, 390)) {
            for (String scheme : List.of("light", "dark")) {
                browser.resize(width, 900);
                browser.media("screen", Map.of("prefers-color-scheme", scheme, "prefers-reduced-motion", "reduce"));
                picture(page, width, scheme);
                for (Object violation : (List<?>) browser.scriptAsync(RUN)) {
                    problems.add(page + " " + width + " " + scheme + " " + violation);
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    /** To look at what people see: a file for each page, width and theme. */
    private void picture(String page, int width, String scheme) {
        String folder = System.getProperty("vorrang.pictures");
        if (folder != null) {
            String name = page.replaceAll("[^a-zA-Z0-9]+", "-").replaceAll("^-|-$", "");
            browser.picture(Path.of(folder, (name.isEmpty() ? "mail" : name) + "-" + width + "-" + scheme + ".png"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, .fold",
        "/?id=line-stop, .mail-links",
        "/?id=unsure, .warnings",
        "/machines, .tile",
        "/machines?machine=compressor-2, .u-over",
        "/demand, .items",
        "/demand?item=door-seal-PK300, .u-over",
        "/operations, .letters table"
    })
    void shouldBeAccessible(String page, String loaded) {
        open(page);
        browser.find(loaded);
        requireAccessible(page);
    }

    @Test
    void shouldTellAccessiblyWhatIsNew() {
        open("/");
        browser.find(".fold");
        // Somebody is at the list, on whatever screen.
        browser.script("document.querySelector('.line-link').focus()");
        for (int i = 0; i < 12; i++) {
            console.records.arrive(SampleMails.of("new-" + i, "Sensor at the gate " + i, "Text", Severity.URGENT, now));
        }
        browser.find(".new-bar button", "12 urgent");
        requireAccessible("new");
    }

    @Test
    void shouldHaveAccessibleDialogs() {
        open("/?id=order");
        browser.find(".mail-bar");
        browser.press("?");
        browser.find(".key-list");
        requireAccessible("keys");
        browser.press(Keys.ESCAPE);
        browser.awaitGone(".key-list");
        browser.press("t");
        browser.find(".palette");
        requireAccessible("palette");
    }

    @Test
    void shouldHaveAnAccessibleLogin() {
        browser.forget(console.server.url());
        open("/login");
        browser.find("[name=password]");
        requireAccessible("login");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/?id=line-stop", "/machines", "/machines?machine=compressor-2", "/demand", "/operations"})
    void shouldFitEveryScreen(String page) {
        open(page);
        browser.find(".line, .mail-head, .tile, .board-main, .items, .cards");
        for (int width : List.of(360, 390, 768, 1024, 1440, 2560)) {
            browser.resize(width, 900);
            browser.awaiting(
                    "no scrolling sideways at " + width,
                    () -> (boolean) browser.script("return document.documentElement.scrollWidth <= innerWidth"
                            + " && document.querySelector('main').scrollWidth <= innerWidth"));
        }
    }

    @Test
    void shouldPrintAMailWithoutWhatCanBeClicked() {
        open("/?id=ventilation");
        browser.find(".mail-text");
        browser.media("print", Map.of());
        assertThat(browser.find(".mail-text").isDisplayed()).isTrue();
        assertThat(browser.find(".reasons").isDisplayed()).isTrue();
        browser.awaitGone(".top");
        browser.awaitGone(".list-pane");
        browser.awaitGone(".mail-actions");
    }

    @Test
    void shouldBeUsableByKeysAlone() {
        open("/");
        browser.find(".line");
        browser.press(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("Skip to the content");
        browser.press(Keys.ENTER, Keys.TAB);
        // Into the filters, and by tab on to the list.
        for (int i = 0; i < 60 && !browser.focused().contains("Blutbank"); i++) {
            browser.press(Keys.TAB);
        }
        assertThat(browser.focused()).contains("Blutbank");
        browser.press(Keys.ENTER);
        browser.find(".mail-title h2", "Blutbank");
        browser.press("c");
        browser.find(".desk-status", "You work on this");
        browser.press("m");
        browser.press("Technician is on the way");
        browser.pressWith(Keys.CONTROL, Keys.ENTER);
        browser.find(".comment-text", "Technician is on the way");
        browser.press(Keys.ESCAPE);
        browser.press("d");
        // The next mail is opened when the console has taken it.
        browser.awaiting("another mail than the one that is done", () -> browser.texts(".mail-title h2").stream()
                .noneMatch(title -> title.contains("Blutbank")));
        browser.press("2");
        browser.find(".tile");
        browser.press("1");
        browser.find(".line");
    }

    @Test
    void shouldLetSingleKeysBeSwitchedOff() {
        browser.click(".menu summary");
        browser.script("document.querySelectorAll('.choice select')[2].value = 'off';"
                + "document.querySelectorAll('.choice select')[2].dispatchEvent(new Event('change', {bubbles: true}))");
        browser.press(Keys.ESCAPE);
        browser.press("?");
        assertThat(browser.all(".key-list")).isEmpty();
        browser.script("localStorage.clear()");
    }

    @Test
    void shouldSpeakGermanAndKeepTheTheme() {
        browser.click(".menu summary");
        browser.script("const [theme, language] = document.querySelectorAll('.choice select');"
                + "theme.value = 'dark'; theme.dispatchEvent(new Event('change', {bubbles: true}));"
                + "language.value = 'de'; language.dispatchEvent(new Event('change', {bubbles: true}));");
        browser.find(".pages", "Maschinen");
        open("/?id=ventilation");
        browser.find(".mail-actions", "Übernehmen");
        browser.find(".reasons", "Dringlichkeit (82 %)");
        assertThat(browser.script("return document.documentElement.lang")).isEqualTo("de");
        assertThat(browser.script("return getComputedStyle(document.body).colorScheme"))
                .isEqualTo("dark");
        browser.script("localStorage.clear()");
    }
}
