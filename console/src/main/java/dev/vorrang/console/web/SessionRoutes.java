package dev.vorrang.console.web;

import dev.vorrang.console.access.Access;
import dev.vorrang.console.access.Role;
import dev.vorrang.console.access.Session;
import dev.vorrang.console.access.Sessions;
import dev.vorrang.console.access.TooManyLoginsException;
import dev.vorrang.console.access.User;
import dev.vorrang.console.api.Call;
import dev.vorrang.console.api.ProblemException;
import dev.vorrang.console.api.Reply;
import dev.vorrang.console.api.Route;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Routes by which people come and go. */
final class SessionRoutes {

    private static final int MAX_SECRET = 1_000;

    private final List<String> streams;
    private final Access access;
    private final SessionCookie cookie;

    SessionRoutes(List<String> streams, Access access, SessionCookie cookie) {
        this.streams = streams;
        this.access = access;
        this.cookie = cookie;
    }

    /** A login with name and password, or with the token of a link. */
    record LoginRequest(Optional<String> user, Optional<String> password, Optional<String> token) {

        LoginRequest {
            boolean named = user.isPresent() && password.isPresent() && token.isEmpty();
            boolean linked = user.isEmpty() && password.isEmpty() && token.isPresent();
            if (!named && !linked) {
                throw new IllegalArgumentException("allowed is user with password, or token alone");
            }
            if (Stream.of(user, password, token)
                    .flatMap(Optional::stream)
                    .anyMatch(each -> each.length() > MAX_SECRET)) {
                throw new IllegalArgumentException(
                        "user, password, token: allowed are at most " + MAX_SECRET + " characters each");
            }
        }

        /** Without secrets. */
        @Override
        public String toString() {
            return "LoginRequest[" + user.orElse("link") + "]";
        }
    }

    /**
     * How one can log in, beside a login link.
     *
     * @param password whether there are users with a password
     * @param openId whether {@code /login/oidc} leads to a provider
     */
    record LoginWays(boolean password, boolean openId) {}

    /** A change of the caller's password. */
    record PasswordRequest(String current, String password) {

        PasswordRequest {
            if (current.length() > MAX_SECRET || password.length() > MAX_SECRET) {
                throw new IllegalArgumentException(
                        "current, password: allowed are at most " + MAX_SECRET + " characters each");
            }
        }

        /** Without secrets. */
        @Override
        public String toString() {
            return "PasswordRequest";
        }
    }

    /**
     * Who is logged in.
     *
     * @param roles all that the user has
     * @param streams names of those that there are
     * @param csrf to send as {@code X-CSRF-Token}; null with an API token
     * @param language that the page begins with; null for the browser's
     */
    record Me(String user, List<Role> roles, List<String> streams, Optional<String> csrf, Optional<String> language) {}

    List<Route<?>> routes() {
        return List.of(
                Route.get("/me")
                        .role(Role.VIEWER)
                        .answers(Me.class)
                        .doc("Who is logged in, and what the page needs to know at first.")
                        .to(this::me),
                Route.get("/session")
                        .answers(LoginWays.class)
                        .doc("How one can log in.")
                        .to(call -> Reply.of(new LoginWays(access.hasUsers(), access.hasOpenId()))),
                Route.post("/session", LoginRequest.class)
                        .status(204)
                        .problems(429)
                        .doc(
                                "Logs in, with a name and a password or with the token of a login link; the answer sets the cookie of the session.")
                        .to(this::login),
                Route.delete("/session")
                        .role(Role.VIEWER)
                        .status(204)
                        .doc("Logs out.")
                        .to(this::logout),
                Route.post("/me/password", PasswordRequest.class)
                        .role(Role.VIEWER)
                        .status(204)
                        .problems(429)
                        .doc("Changes the password of the caller and ends all sessions of the caller.")
                        .to(this::changePassword));
    }

    private Reply<?> me(Call<Void> call) {
        User user = call.caller().user().orElseThrow();
        List<Role> roles =
                Stream.of(Role.values()).filter(user.role()::includes).toList();
        return Reply.of(
                new Me(user.name(), roles, streams, call.caller().session().map(Session::csrf), Optional.empty()));
    }

    private Reply<?> login(Call<LoginRequest> call) {
        LoginRequest request = call.body();
        String from = call.caller().address();
        try {
            Optional<Sessions.Begun> begun = request.token()
                    .map(token -> access.login(token, from))
                    .orElseGet(() -> access.login(
                            request.user().orElse(""), request.password().orElse(""), from));
            String secret = begun.orElseThrow(SessionRoutes::refused).secret();
            // A session that was there before is not taken over, but ends.
            call.caller().session().ifPresent(before -> access.logout(before, from));
            return Reply.empty().with("Set-Cookie", cookie.of(secret));
        } catch (TooManyLoginsException e) {
            throw tooMany(e);
        }
    }

    private Reply<?> changePassword(Call<PasswordRequest> call) {
        PasswordRequest request = call.body();
        User user = call.caller().user().orElseThrow();
        try {
            if (call.caller().session().isEmpty()
                    || !access.changePassword(
                            user,
                            request.current(),
                            request.password(),
                            call.caller().address())) {
                throw ProblemException.of(403, "the current password is not right");
            }
            return Reply.empty().with("Set-Cookie", cookie.gone());
        } catch (TooManyLoginsException e) {
            throw tooMany(e);
        }
    }

    private static ProblemException tooMany(TooManyLoginsException e) {
        return ProblemException.of(429, e.getMessage(), e)
                .with("Retry-After", String.valueOf(e.waiting().toSeconds()));
    }

    /** The same for every reason. */
    private static ProblemException refused() {
        return ProblemException.of(401, "user and password, or the link, are not right");
    }

    private Reply<?> logout(Call<Void> call) {
        call.caller()
                .session()
                .ifPresent(session -> access.logout(session, call.caller().address()));
        // The page drops itself what is private; storage would take the choices of theme and language with it.
        return Reply.empty().with("Set-Cookie", cookie.gone()).with("Clear-Site-Data", "\"cache\"");
    }
}
