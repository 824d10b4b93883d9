package dev.vorrang.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.console.access.AuditLog.Deed;
import dev.vorrang.console.access.AuditLog.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

    private static final String PASSWORD = "seven brown lamps";
    private static final String HERE = "127.0.0.1";

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private final List<AuditLog.Entry> audit = new ArrayList<>();
    private UserFile users;
    private Access access;

    @BeforeEach
    void addUsers() throws IOException {
        users = new UserFile(folder.resolve("users"));
        users.add("anna", Role.AGENT, PASSWORD);
        access = open();
    }

    private Access open() {
        return new Access(
                new AccessSettings(
                        Optional.of(users.path()),
                        Optional.of(folder.resolve("tokens")),
                        SessionLimits.STANDARD,
                        Optional.empty()),
                audit::add,
                clock);
    }

    @Test
    void shouldLetInWhoKnowsThePassword() {
        var begun = access.login("anna", PASSWORD, HERE).orElseThrow();
        assertThat(access.session(begun.secret()).orElseThrow().user())
                .isEqualTo(new User("anna", Role.AGENT, User.Source.FILE));
        assertThat(access.login("anna", PASSWORD + " ", HERE)).isEmpty();
        assertThat(access.login("Anna", PASSWORD, HERE)).isEmpty();
        assertThat(audit)
                .extracting(AuditLog.Entry::outcome)
                .containsExactly(Outcome.DONE, Outcome.REFUSED, Outcome.REFUSED);
    }

    @Test
    void shouldNotKeepANameThatIsNotKnown() {
        access.login(PASSWORD, "anna", HERE);
        assertThat(audit).hasSize(1);
        assertThat(audit.get(0).toString()).doesNotContain(PASSWORD);
    }

    @Test
    void shouldRefuseFurtherLoginsOfAUserAfterTenThatFailed() {
        for (int i = 0; i < 10; i++) {
            assertThat(access.login("anna", "wrong", "192.0.2." + i)).isEmpty();
        }
        assertThatThrownBy(() -> access.login("anna", PASSWORD, "192.0.2.99"))
                .isInstanceOf(TooManyLoginsException.class);
        clock.add(Duration.ofMinutes(15));
        assertThat(access.login("anna", PASSWORD, HERE)).isPresent();
    }

    @Test
    void shouldRefuseFurtherLoginsFromANetworkThatTriesManyNames() {
        for (int i = 0; i < 30; i++) {
            access.login("user" + i, "wrong", "2001:db8:1:2:0:0:0:" + i);
        }
        assertThatThrownBy(() -> access.login("anna", PASSWORD, "2001:db8:1:2:9:9:9:9"))
                .isInstanceOf(TooManyLoginsException.class);
        assertThat(access.login("anna", PASSWORD, "2001:db8:1:3:0:0:0:1")).isPresent();
    }

    @Test
    void shouldEndTheSessionsOfAUserWhoIsRemovedOrChanged() throws IOException {
        String first = access.login("anna", PASSWORD, HERE).orElseThrow().secret();
        users.update("anna", Optional.of(Role.VIEWER), Optional.empty());
        assertThat(access.session(first)).isEmpty();
        String second = access.login("anna", PASSWORD, HERE).orElseThrow().secret();
        users.remove("anna");
        assertThat(access.session(second)).isEmpty();
        assertThat(access.login("anna", PASSWORD, HERE)).isEmpty();
    }

    @Test
    void shouldChangeThePasswordOfWhoKnowsThePresentOne() {
        var begun = access.login("anna", PASSWORD, HERE).orElseThrow();
        User anna = begun.session().user();
        assertThat(access.changePassword(anna, "wrong", "nine grey whales", HERE))
                .isFalse();
        assertThat(access.changePassword(anna, PASSWORD, "nine grey whales", HERE))
                .isTrue();
        assertThat(access.session(begun.secret())).isEmpty();
        assertThat(access.login("anna", PASSWORD, HERE)).isEmpty();
        assertThat(access.login("anna", "nine grey whales", HERE)).isPresent();
    }

    @Test
    void shouldUseALoginLinkOnceAndWithinAnHour() {
        String link = access.makeLink();
        assertThat(access.login(link, HERE)).isPresent();
        assertThat(access.login(link, HERE)).isEmpty();
        String late = access.makeLink();
        clock.add(Duration.ofHours(1));
        assertThat(access.login(late, HERE)).isEmpty();
    }

    @Test
    void shouldKeepTokensOverARestartAndOfThemNoSecret() throws IOException {
        User anna = new User("anna", Role.AGENT, User.Source.FILE);
        var made = access.makeToken(anna, "the export", Role.VIEWER, in(Duration.ofDays(30)), HERE);
        assertThat(open().user(made.secret())).contains(new User("anna", Role.VIEWER, User.Source.FILE));
        assertThat(Files.readString(folder.resolve("tokens")))
                .doesNotContain(made.secret().substring(10));
        assertThat(made.toString()).doesNotContain(made.secret());
        clock.add(Duration.ofDays(30));
        assertThat(open().user(made.secret())).isEmpty();
    }

    @Test
    void shouldLetATokenDoNoMoreThanItsOwnerMayNow() throws IOException {
        User anna = new User("anna", Role.AGENT, User.Source.FILE);
        String secret = access.makeToken(anna, "desk", Role.AGENT, in(Duration.ofDays(30)), HERE)
                .secret();
        assertThatThrownBy(() -> access.makeToken(anna, "all", Role.ADMIN, in(Duration.ofDays(1)), HERE))
                .hasMessageContaining("role ADMIN: allowed is AGENT at most");
        users.update("anna", Optional.of(Role.VIEWER), Optional.empty());
        assertThat(access.user(secret)).map(User::role).contains(Role.VIEWER);
        users.remove("anna");
        assertThat(access.user(secret)).isEmpty();
    }

    @Test
    void shouldLetOnlyOwnersAndAdministratorsEndTokens() {
        User anna = new User("anna", Role.AGENT, User.Source.FILE);
        User berta = new User("berta", Role.AGENT, User.Source.FILE);
        String id = access.makeToken(anna, "desk", Role.AGENT, in(Duration.ofDays(30)), HERE)
                .token()
                .id();
        assertThat(access.tokens(berta)).isEmpty();
        assertThat(access.revokeToken(berta, id, HERE)).isFalse();
        assertThat(access.revokeToken(anna, id, HERE)).isTrue();
        assertThat(audit).extracting(AuditLog.Entry::what).contains(Deed.TOKEN_MADE, Deed.TOKEN_REVOKED);
    }

    @Test
    void shouldCloseItsFilesToOthersAndRefuseOpenOnes() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(users.path())))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(users.path(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(users::read).hasMessageContaining("allowed is rw------- at most");
        clock.add(Duration.ofSeconds(1));
        assertThat(open().login("anna", PASSWORD, HERE)).isEmpty();
    }

    @Test
    void shouldSayWhatIsWrongWithALine() throws IOException {
        Files.writeString(
                users.path(), "anna:boss:$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAA\n");
        assertThatThrownBy(users::read)
                .hasMessageContaining("line 1: role 'boss': allowed is one of viewer, agent, admin");
    }

    @Test
    void shouldRefusePasswordsThatAreShortOrCommon() {
        assertThatThrownBy(() -> Passwords.check("anna", "short")).hasMessageContaining("of 5 characters");
        assertThatThrownBy(() -> Passwords.check("anna", "password123")).hasMessageContaining("easy to guess");
        Passwords.check("anna", PASSWORD);
        Passwords.check("anna", "ß".repeat(3) + " Übergrößenträger 東京");
    }

    @Test
    void shouldHashAsTheReferenceImplementationDoes() {
        // From test.c of https://github.com/P-H-C/phc-winner-argon2.
        var reference = PasswordHash.parse(
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
        assertThat(reference.isOf("password")).isTrue();
        assertThat(reference.isOf("passwore")).isFalse();
        var own = PasswordHash.of(PASSWORD);
        assertThat(own.text()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(PasswordHash.parse(own.text()).isOf(PASSWORD)).isTrue();
        assertThat(own.toString()).doesNotContain("argon2id");
    }

    private Instant in(Duration time) {
        return clock.instant().plus(time);
    }
}
