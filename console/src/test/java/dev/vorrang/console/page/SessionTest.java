package dev.vorrang.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Login, sessions that end, and a broker that is away. */
class SessionTest extends PageTest {

    private void logIn(String user) {
        browser.find("[name=user]");
        browser.press(user, Keys.TAB, SampleConsole.PASSWORD, Keys.ENTER);
    }

    private void asUser(String user) {
        browser.forget(console.server.url());
        open("/");
        logIn(user);
        browser.find(".line");
        browser.pointAway();
    }

    @Test
    void shouldLogInAndOut() {
        browser.forget(console.server.url());
        open("/?queue=billing");
        browser.find("[name=user]");
        browser.press("anna", Keys.TAB, "wrong password", Keys.ENTER);
        browser.find(".failure-text", "User or password is wrong.");
        browser.press(SampleConsole.PASSWORD, Keys.ENTER);
        browser.find(".line", "Rechnung");
        assertThat(browser.address()).endsWith("/?queue=billing");
        browser.find(".menu-user", "anna");

        browser.click(".menu summary");
        browser.click(".menu button", "Log out");
        browser.find("[name=user]");
    }

    @Test
    void shouldMaskPasswordsAndTakeThemFromManagersAndTheClipboard() {
        browser.forget(console.server.url());
        open("/");
        var password = browser.find("[name=password]");
        assertThat(password.getDomAttribute("type")).isEqualTo("password");
        assertThat(password.getDomAttribute("autocomplete")).isEqualTo("current-password");
        assertThat(browser.script(
                        "return arguments[0].dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true}))",
                        password))
                .as("pasting is not prevented")
                .isEqualTo(true);
    }

    @Test
    void shouldUseALoginLinkOnce() {
        var link = console.server.loginLink();
        browser.open(link);
        browser.find(".line");
        assertThat(browser.address()).doesNotContain("token");
        browser.forget(console.server.url());
        browser.open(link);
        browser.find(".failure-text", "This link has been used or has expired");
    }

    @Test
    void shouldTellThatTheProviderRefused() {
        browser.forget(console.server.url());
        open("/login#error=openid");
        browser.find(".failure-text", "Your organisation did not confirm the login");
    }

    @Test
    void shouldOnlyShowToViewers() {
        asUser("vera");
        browser.press("j");
        browser.find(".mail-title h2");
        browser.press("c");
        browser.press("t");
        assertThat(browser.all(".mail-actions, .comments form, .palette")).isEmpty();
        assertThat(console.records.counted()).isEmpty();
    }

    @Test
    void shouldFinishAClaimWhoseSessionEnded() {
        asUser("anna");
        browser.press("j");
        browser.find(".mail-title h2");
        browser.press("m");
        browser.press("What I have typed", Keys.ESCAPE);
        browser.endSession();
        browser.press("c");
        browser.find(".login-again", "Your session has ended");
        assertThat(console.records.counted()).isEmpty();
        browser.find(".login-again [name=password]");
        browser.press(SampleConsole.PASSWORD, Keys.ENTER);
        browser.find(".desk-status", "You work on this");

        assertThat(console.records.counted())
                .extracting(DeskEvent::getType, DeskEvent::getWho)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(DeskEventType.CLAIMED, "anna"));
        assertThat(browser.find("#comment").getDomProperty("value")).isEqualTo("What I have typed");
        // What is live goes on, too.
        console.records.arrive(
                SampleMails.of("later", "After the login", "Text", dev.vorrang.schemas.view.Severity.URGENT, now));
        browser.find(".new-bar button, .line[data-id=later]");
    }

    @Test
    void shouldSendOnceTheBrokerIsBack() {
        asUser("anna");
        browser.press("j");
        browser.find(".mail-title h2");
        console.records.setBrokerAway(true);
        browser.find(".banner", "The Kafka broker is away.");
        browser.press("c");
        browser.find(".banner", "1 action waits to be sent.");
        browser.find(".mail-actions", "Sending");
        console.records.setBrokerAway(false);
        browser.find(".desk-status", "You work on this");
        browser.awaitGone(".banner");
        assertThat(console.records.counted()).extracting(DeskEvent::getType).containsExactly(DeskEventType.CLAIMED);
    }

    @Test
    void shouldKeepTheOrderOverALogin() {
        asUser("anna");
        browser.press("j");
        browser.find(".mail-title h2");
        browser.endSession();
        browser.pressAtOnce("cd");
        browser.find(".login-again [name=password]");
        browser.press(SampleConsole.PASSWORD, Keys.ENTER);
        browser.awaiting("both", () -> counted().size() == 2);
        assertThat(counted()).containsExactly(DeskEventType.CLAIMED, DeskEventType.DONE);
    }

    @Test
    void shouldGoOnWithTheSessionOfAnotherTab() {
        browser.beforeEachPage("window.EventSource = class { addEventListener() {} close() {} };");
        try {
            asUser("anna");
            browser.press("j");
            browser.find(".mail-title h2");
            browser.scriptAsync("""
                    const [user, password, done] = arguments;
                    fetch('/api/v1/session', {
                      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ user, password }),
                    }).then(done);
                    """, "anna", SampleConsole.PASSWORD);
            browser.press("c");
            browser.find(".toast", "You work on this mail now");
        } finally {
            browser.beforeEachPage("");
        }
    }

    @Test
    void shouldKeepWhatWaitsForThePersonWhoDidIt() {
        asUser("anna");
        browser.press("j");
        browser.find(".mail-title h2");
        browser.press("m");
        browser.press("What anna has typed", Keys.ESCAPE);
        browser.endSession();
        browser.press("c");
        browser.find(".login-again");
        browser.click(".login-again button", "Log in as somebody else");
        logIn("vera");
        browser.find(".menu-user", "vera");
        browser.find(".line");
        assertThat(counted()).isEmpty();

        browser.endSession();
        open("/");
        logIn("anna");
        browser.awaiting("the claim", () -> counted().equals(List.of(DeskEventType.CLAIMED)));
        assertThat(console.records.counted()).extracting(DeskEvent::getWho).containsExactly("anna");
    }

    @Test
    void shouldForgetWhatIsPrivateAtLogoutAndNothingElse() {
        asUser("anna");
        browser.script("localStorage.setItem('vorrang.theme', 'dark'); localStorage.setItem('vorrang.language', 'de')");
        open("/?id=order");
        browser.find(".mail-title h2");
        browser.press("m");
        browser.press("What I have typed", Keys.ESCAPE);
        assertThat(browser.script("return JSON.stringify(sessionStorage)"))
                .asString()
                .contains("What I have typed");

        browser.click(".menu summary");
        browser.click(".menu button", "Abmelden");
        browser.find("h1", "nmeld");
        assertThat(browser.script("return JSON.stringify(sessionStorage)"))
                .asString()
                .doesNotContain("What I have typed");
        assertThat(browser.script("return document.documentElement.dataset.theme"))
                .isEqualTo("dark");
        logIn("anna");
        browser.find(".pages", "Maschinen");
        assertThat(browser.script("return document.documentElement.dataset.theme"))
                .isEqualTo("dark");
        browser.script("localStorage.clear()");
    }

    @Test
    void shouldAskBeforeALogoutThatLosesWhatWaits() {
        asUser("anna");
        browser.press("j");
        browser.find(".mail-title h2");
        console.records.setBrokerAway(true);
        browser.press("c");
        browser.find(".banner", "1 action waits");
        browser.click(".menu summary");
        browser.click(".menu button", "Log out");
        browser.find(".dialog", "1 action waits to be sent. What was not sent is lost at logout.");
        browser.click(".dialog button", "Cancel");
        console.records.setBrokerAway(false);
        browser.find(".desk-status", "You work on this");
    }

    @Test
    void shouldTellThatALogoutDidNotReachTheServer() {
        asUser("anna");
        browser.script(
                "window.fetch = () => Promise.reject(new TypeError('offline')); document.querySelector('.menu').open = true");
        browser.click(".menu button", "Log out");
        browser.find(".toast.bad", "Not logged out");
    }

    @Test
    void shouldKeepWhatWaitsOverAReload() {
        asUser("anna");
        browser.press("j");
        browser.find(".mail-title h2");
        console.records.setBrokerAway(true);
        browser.press("c");
        browser.find(".banner", "1 action waits");
        open("/");
        browser.find(".line");
        console.records.setBrokerAway(false);
        browser.find(".line .tag.mine");
        assertThat(console.records.counted()).hasSize(1);
    }

    @Test
    void shouldMakeAndWithdrawATokenOnce() {
        asUser("anna");
        browser.click(".menu summary");
        browser.click(".menu button", "API tokens");
        browser.find(".tokens [name=name]").sendKeys("monitoring");
        browser.click(".tokens button[type=submit]");
        browser.find(".made code");
        browser.find(".tokens .rows", "monitoring");
        browser.click(".tokens .rows button", "Withdraw");
        browser.find(".tokens", "No tokens yet.");
    }
}
