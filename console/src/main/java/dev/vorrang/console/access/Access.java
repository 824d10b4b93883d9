package dev.vorrang.console.access;

import dev.vorrang.console.access.AuditLog.Deed;
import dev.vorrang.console.access.AuditLog.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets people and programs in, and keeps what they do that matters for security. Thread-safe. */
public final class Access {

    private static final Duration LINK = Duration.ofHours(1);
    /** Who failed without a name that is known; a password that was typed as the name is not kept. */
    private static final String UNKNOWN = "unknown";

    private final Optional<Users> users;
    private final ApiTokens tokens;
    private final Sessions sessions;
    private final LoginLinks links;
    private final LoginLimiter limiter;
    private final Optional<OpenIdLogin> openId;
    private final AuditLog audit;
    private final Clock clock;

    public Access(AccessSettings settings, AuditLog audit, Clock clock) {
        this.sessions = new Sessions(settings.sessions(), clock);
        this.users = settings.users().map(path -> new Users(new UserFile(path), this::endAll));
        this.tokens = new ApiTokens(settings.tokens(), clock);
        this.links = new LoginLinks(LINK, clock);
        this.limiter = new LoginLimiter(clock);
        this.openId = settings.openId().map(each -> new OpenIdLogin(each, clock));
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Logs in with name and password.
     *
     * @return empty if they are not right
     * @throws TooManyLoginsException if too many failed before
     */
    public Optional<Sessions.Begun> login(String name, String password, String from) {
        return login(Optional.of(name), from, () -> users.flatMap(each -> each.check(name, password)));
    }

    /**
     * Logs in with the token of a link.
     *
     * @return empty if it is not right
     * @throws TooManyLoginsException if too many failed before
     */
    public Optional<Sessions.Begun> login(String token, String from) {
        return login(Optional.empty(), from, () -> links.use(token));
    }

    @FunctionalInterface
    private interface Check {
        Optional<User> user();
    }

    private Optional<Sessions.Begun> login(Optional<String> name, String from, Check check) {
        try {
            limiter.attempt(name, from);
        } catch (TooManyLoginsException e) {
            record(known(name), Deed.LOGIN, "too many", from, Outcome.REFUSED);
            throw e;
        }
        Optional<User> user = check.user();
        if (user.isEmpty()) {
            record(known(name), Deed.LOGIN, "", from, Outcome.REFUSED);
            return Optional.empty();
        }
        limiter.succeeded(name, from);
        return Optional.of(begin(user.get(), from));
    }

    private String known(Optional<String> name) {
        return name.flatMap(each -> users.flatMap(all -> all.user(each)))
                .map(User::name)
                .orElse(UNKNOWN);
    }

    private void endAll(String name) {
        sessions.endAll(user -> user.source() == User.Source.FILE && user.name().equals(name));
    }

    /**
     * A login by OpenID Connect that has begun.
     *
     * @param address of the provider, for the browser to go to
     * @param state that the browser keeps until it comes back
     */
    public record OpenIdStart(URI address, String state) {

        /** Without the state. */
        @Override
        public String toString() {
            return "OpenIdStart";
        }
    }

    /** Whether users may come by OpenID Connect. */
    public boolean hasOpenId() {
        return openId.isPresent();
    }

    /**
     * Sends a browser to the OpenID provider.
     *
     * @param redirect where the provider sends it back to
     * @throws OpenIdException if the provider gives no answer
     */
    public OpenIdStart beginOpenId(URI redirect) {
        var start = openId.orElseThrow().begin(redirect);
        return new OpenIdStart(start.address(), start.state());
    }

    /**
     * Takes a browser that comes back.
     *
     * @param query that it came with
     * @param state that it kept
     * @throws OpenIdException if it is refused, with the reason
     */
    public Sessions.Begun endOpenId(String query, String state, String from) {
        try {
            return begin(openId.orElseThrow().end(query, state), from);
        } catch (OpenIdException e) {
            record(UNKNOWN, Deed.LOGIN, User.Source.OPENID.name(), from, Outcome.REFUSED);
            throw e;
        }
    }

    private Sessions.Begun begin(User user, String from) {
        record(user.name(), Deed.LOGIN, user.source().name(), from, Outcome.DONE);
        return sessions.begin(user);
    }

    /** The session of a cookie's secret. One of a user of the file who was removed or changed has ended. */
    public Optional<Session> session(String secret) {
        users.ifPresent(Users::refresh);
        return sessions.use(secret);
    }

    /** Who calls with an API token; at most with the role that its owner has now. */
    public Optional<User> user(String secret) {
        return tokens.find(secret).flatMap(token -> {
            if (token.source() != User.Source.FILE) {
                return Optional.of(new User(token.owner(), token.role(), token.source()));
            }
            return users.flatMap(each -> each.user(token.owner()))
                    .map(owner -> new User(
                            owner.name(),
                            owner.role().includes(token.role()) ? token.role() : owner.role(),
                            owner.source()));
        });
    }

    public void logout(Session session, String from) {
        sessions.end(session);
        record(session.user().name(), Deed.LOGOUT, "", from, Outcome.DONE);
    }

    /**
     * Changes the password of a user of the file, and ends all sessions of the user.
     *
     * @return false if the present password is not right
     * @throws IllegalArgumentException if the user is not in the file, or the new one is not allowed
     * @throws TooManyLoginsException if too many failed before
     */
    public boolean changePassword(User user, String present, String fresh, String from) {
        if (user.source() != User.Source.FILE || users.isEmpty()) {
            throw new IllegalArgumentException("user '" + user.name() + "': allowed for users with a password here");
        }
        limiter.attempt(Optional.of(user.name()), from);
        if (users.get().check(user.name(), present).isEmpty()) {
            record(user.name(), Deed.PASSWORD_CHANGED, "", from, Outcome.REFUSED);
            return false;
        }
        limiter.succeeded(Optional.of(user.name()), from);
        try {
            users.get().file().update(user.name(), Optional.empty(), Optional.of(fresh));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        endAll(user.name());
        record(user.name(), Deed.PASSWORD_CHANGED, "", from, Outcome.DONE);
        return true;
    }

    /**
     * A token of a user that was made.
     *
     * @param secret that nobody sees again
     */
    public record MadeToken(String secret, ApiToken token) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "MadeToken[" + token + "]";
        }
    }

    /** @throws IllegalArgumentException if name, role or expiry are not allowed; the message says which */
    public MadeToken makeToken(User owner, String name, Role role, Instant expires, String from) {
        if (!owner.role().includes(role)) {
            throw new IllegalArgumentException(
                    "role " + role + ": allowed is " + owner.role() + " at most, the owner's own");
        }
        ApiTokens.Made made = tokens.make(owner, name, role, expires);
        record(owner.name(), Deed.TOKEN_MADE, made.token().id(), from, Outcome.DONE);
        return new MadeToken(made.secret(), made.token());
    }

    /** Those of a user; all, for an administrator. */
    public List<ApiToken> tokens(User user) {
        return tokens.list().stream().filter(each -> mayManage(user, each)).toList();
    }

    /** Ends a token; false if there is none that the user may end. */
    public boolean revokeToken(User user, String id, String from) {
        boolean ended = tokens.revoke(id, each -> mayManage(user, each)).isPresent();
        record(user.name(), Deed.TOKEN_REVOKED, id, from, ended ? Outcome.DONE : Outcome.REFUSED);
        return ended;
    }

    private static boolean mayManage(User user, ApiToken token) {
        return user.role().includes(Role.ADMIN) || token.isOf(user);
    }

    /** Carries something out, and keeps that it was done, or failed. */
    public void carryOut(String who, Deed what, String object, String from, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            record(who, what, object, from, Outcome.FAILED);
            throw e;
        }
        record(who, what, object, from, Outcome.DONE);
    }

    private void record(String who, Deed what, String object, String from, Outcome outcome) {
        audit.add(new AuditLog.Entry(who, what, object, from, clock.instant(), outcome));
    }

    /** A token that logs in once, as an administrator, within an hour. */
    public String makeLink() {
        return links.make();
    }

    /** Whether anybody can log in without a link. */
    public boolean hasUsers() {
        return users.filter(each -> !each.isEmpty()).isPresent();
    }

    /** Sessions that have not ended. */
    public int sessionCount() {
        return sessions.size();
    }

    /** Whether a session has not ended; does not count as a use. */
    public boolean isOpen(Session session) {
        return sessions.isOpen(session);
    }

    /** @param listener is told of each session that ends */
    public void onEnd(Consumer<Session> listener) {
        sessions.onEnd(listener);
    }

    /** Ends what is overdue, or of users who were removed or changed; to be called now and then. */
    public void sweep() {
        users.ifPresent(Users::refresh);
        sessions.sweep();
    }
}
