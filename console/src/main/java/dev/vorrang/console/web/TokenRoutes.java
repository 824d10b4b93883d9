package dev.vorrang.console.web;

import dev.vorrang.console.access.Access;
import dev.vorrang.console.access.ApiToken;
import dev.vorrang.console.access.Role;
import dev.vorrang.console.access.User;
import dev.vorrang.console.api.Call;
import dev.vorrang.console.api.Kinds;
import dev.vorrang.console.api.ListOf;
import dev.vorrang.console.api.Param;
import dev.vorrang.console.api.ProblemException;
import dev.vorrang.console.api.Reply;
import dev.vorrang.console.api.Route;
import java.time.Instant;
import java.util.List;

/** Routes of API tokens. */
final class TokenRoutes {

    private static final Param<String> ID = Param.path("id", Kinds.text(User.MAX_NAME), "Id of a token.");

    private final Access access;

    TokenRoutes(Access access) {
        this.access = access;
    }

    /**
     * A token to make.
     *
     * @param name for people
     * @param role what it may do, at most what its owner may
     * @param expires within a year
     */
    record TokenRequest(String name, Role role, Instant expires) {}

    /** A token as it is listed. */
    record TokenView(String id, String name, String owner, Role role, Instant created, Instant expires) {

        static TokenView of(ApiToken token) {
            return new TokenView(
                    token.id(), token.name(), token.owner(), token.role(), token.created(), token.expires());
        }
    }

    /**
     * A token that was made.
     *
     * @param secret to send as {@code Authorization: Bearer}; shown this once
     */
    record MadeView(String secret, TokenView token) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "MadeView[" + token + "]";
        }
    }

    List<Route<?>> routes() {
        return List.of(
                Route.get("/tokens")
                        .role(Role.AGENT)
                        .answers(ListOf.type(TokenView.class))
                        .doc("API tokens of the caller; all, for an administrator.")
                        .to(call -> Reply.of(access.tokens(user(call)).stream()
                                .map(TokenView::of)
                                .toList())),
                Route.post("/tokens", TokenRequest.class)
                        .role(Role.AGENT)
                        .status(201)
                        .answers(MadeView.class)
                        .doc(
                                "Makes an API token, which may at most what the caller may. A token makes no further tokens.")
                        .to(this::make),
                Route.delete("/tokens/{id}")
                        .role(Role.AGENT)
                        .takes(ID)
                        .status(204)
                        .problems(404)
                        .doc("Ends an API token: one's own, or, for an administrator, any.")
                        .to(this::revoke));
    }

    private Reply<?> make(Call<TokenRequest> call) {
        if (call.caller().session().isEmpty()) {
            throw ProblemException.of(403, "allowed with a session, not with an API token");
        }
        TokenRequest request = call.body();
        var made = access.makeToken(
                user(call),
                request.name(),
                request.role(),
                request.expires(),
                call.caller().address());
        return Reply.of(new MadeView(made.secret(), TokenView.of(made.token())));
    }

    private Reply<?> revoke(Call<Void> call) {
        if (!access.revokeToken(user(call), call.get(ID), call.caller().address())) {
            throw ProblemException.notFound("token", call.get(ID));
        }
        return Reply.empty();
    }

    private static User user(Call<?> call) {
        return call.caller().user().orElseThrow();
    }
}
