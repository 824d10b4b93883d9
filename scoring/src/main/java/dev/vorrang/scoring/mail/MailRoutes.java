package dev.vorrang.scoring.mail;

import dev.vorrang.scoring.route.Route;
import dev.vorrang.scoring.route.Routes;
import java.util.List;
import java.util.Optional;

/** Routes of mails. Every mail goes to a queue: to the fallback if no route takes it, or if the model abstains on it. */
public final class MailRoutes {

    /** Queue of the mails that no route takes, unless the settings name another. */
    public static final String UNSORTED = "unsorted";

    /** Needs no knowledge of a model's topics: urgent, automatic, soon; the rest is normal, or unsorted. */
    public static final List<Route> DEFAULT = List.of(
            new Route("urgent", "priority == 'URGENT'"),
            new Route("automatic", "!(mail.automatic in ['NONE', 'NOTIFICATION'])"),
            new Route("high", "priority == 'HIGH'"),
            new Route("normal", "!abstained"));

    private MailRoutes() {}

    /**
     * @param routes in order, may be empty
     * @param fallbackQueue for mails that no route takes, and for those on which the model abstains
     * @throws IllegalArgumentException if a queue's name or a condition is not valid; the message says which and what is allowed
     */
    public static Routes<MailContext> of(List<Route> routes, String fallbackQueue) {
        return Routes.of(routes, Optional.of(fallbackQueue), MailContext.ROUTES);
    }

    public static Routes<MailContext> defaults() {
        return of(DEFAULT, UNSORTED);
    }
}
