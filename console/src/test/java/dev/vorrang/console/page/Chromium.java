package dev.vorrang.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/**
 * A Chromium without a window, one for all tests. Without Chromium on the machine tests are skipped, unless VORRANG_REQUIRE_BROWSER=1 says
 * that it must be there.
 */
final class Chromium implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ChromeDriver driver;
    private final Path folder;
    private String before;

    /** @param folder for what it leaves behind */
    private Chromium(Path folder) {
        this.folder = folder;
        var options = new ChromeOptions();
        options.setBinary(PROGRAM.toString());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en");
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", "en-GB,en"));
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .withEnvironment(Map.of("TMPDIR", folder.toString()))
                        .withSilent(true)
                        .build(),
                options);
    }

    private static Chromium start() {
        if (!Stream.of(PROGRAM, DRIVER).allMatch(Files::isExecutable)) {
            var missing =
                    PROGRAM + " or " + DRIVER + " is not on this machine (Debian packages chromium, chromium-driver)";
            assertThat(System.getenv("VORRANG_REQUIRE_BROWSER")).as(missing).isNotEqualTo("1");
            abort(missing);
        }
        try {
            return new Chromium(Files.createTempDirectory("vorrang-chromium"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives tests the browser; it ends with the last of them. */
    static final class Resolver implements ParameterResolver {

        private record Kept(Chromium browser) implements AutoCloseable {

            @Override
            public void close() {
                browser.close();
            }
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Chromium.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .getOrComputeIfAbsent(Kept.class, any -> new Kept(start()), Kept.class)
                    .browser();
        }
    }

    /** Opens another page than the one that is open, or the same one anew. */
    void open(URI url) {
        driver.get(url.toString());
    }

    /** Goes to another address within the page, as its links do. */
    void go(String path) {
        driver.executeScript(
                "history.pushState(null, '', arguments[0]); dispatchEvent(new PopStateEvent('popstate'))", path);
    }

    /** Sets a cookie that scripts cannot read. */
    void set(HttpCookie cookie, URI url) {
        driver.executeCdpCommand(
                "Network.setCookie",
                Map.of("url", url.toString(), "name", cookie.getName(), "value", cookie.getValue(), "httpOnly", true));
    }

    /** Forgets logins, choices and drafts of a site. */
    void forget(URI url) {
        driver.executeCdpCommand(
                "Storage.clearDataForOrigin", Map.of("origin", url.resolve("/").toString(), "storageTypes", "all"));
        driver.manage().deleteAllCookies();
    }

    /** As when a session ends: the next request is refused. */
    void endSession() {
        driver.manage().deleteAllCookies();
    }

    /** A script that runs before those of each page; empty for none. */
    void beforeEachPage(String script) {
        if (before != null) {
            driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", before));
        }
        before = (String) driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
                .get("identifier");
    }

    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** @param features such as {@code prefers-color-scheme: dark}; media is {@code screen} or {@code print} */
    void media(String media, Map<String, String> features) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        media,
                        "features",
                        features.entrySet().stream()
                                .map(feature -> Map.of("name", feature.getKey(), "value", feature.getValue()))
                                .toList()));
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    Object scriptAsync(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    String address() {
        return driver.getCurrentUrl();
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Waits until there is one that can be seen. */
    WebElement find(String selector) {
        return find(selector, "");
    }

    /** Waits until one that can be seen has a text. */
    WebElement find(String selector, String text) {
        return awaiting()
                .alias("a visible " + selector + " with '" + text + "'")
                .until(
                        () -> all(selector).stream()
                                .filter(each ->
                                        each.isDisplayed() && each.getText().contains(text))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    void awaitGone(String selector) {
        awaiting("no visible " + selector, () -> all(selector).stream().noneMatch(WebElement::isDisplayed));
    }

    /** Texts of all, in their order. */
    List<String> texts(String selector) {
        return all(selector).stream().map(WebElement::getText).toList();
    }

    void awaiting(String what, Callable<Boolean> condition) {
        awaiting().alias(what).until(condition);
    }

    /** Elements come and go while a page is drawn anew. */
    private static ConditionFactory awaiting() {
        return await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(WebDriverException.class);
    }

    void click(String selector) {
        find(selector).click();
    }

    void click(String selector, String text) {
        find(selector, text).click();
    }

    /** Keys, to whatever has the focus. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Single keys that all come before any answer of the server. */
    void pressAtOnce(String keys) {
        script(
                "for (const key of arguments[0]) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));",
                keys);
    }

    /** A key while another is held down. */
    void pressWith(Keys held, CharSequence key) {
        new Actions(driver).keyDown(held).sendKeys(key).keyUp(held).perform();
    }

    void pointAt(WebElement element) {
        new Actions(driver).moveToElement(element).perform();
    }

    /** Moves the pointer to where nothing reacts. */
    void pointAway() {
        new Actions(driver).moveToLocation(600, 5).perform();
    }

    /** What has the focus, as its text or label. */
    String focused() {
        return (String)
                script(
                        "const e = document.activeElement; return e ? (e.getAttribute('aria-label') || e.innerText || e.name || e.tagName) : ''");
    }

    void picture(Path file) {
        try {
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
        // Its processes may be ending still.
        await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> {
            try (var all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        });
    }
}
