package dev.vorrang.scoring.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vorrang.schemas.Automatic;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.route.Route;
import dev.vorrang.scoring.route.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailRoutesTest {

    private static final Classification OUTAGE = new Classification("outage", 0.9f, Map.of("outage", 0.9f));

    @Test
    void shouldTakeTheFirstThatHolds() {
        var routes = MailRoutes.of(
                List.of(
                        new Route("stamps", "score.topic == 'stamps'"),
                        new Route("technik", "score.topic == 'outage'"),
                        new Route("all", "true")),
                "people");

        assertThat(queues(routes, context(false, Priority.HIGH))).containsExactly("technik");
        assertThat(routes.names()).containsExactly("stamps", "technik", "all", "people");
    }

    @Test
    void shouldGoOnWhereARouteSaysSo() {
        var routes = MailRoutes.of(
                List.of(
                        new Route("archive", "true", true),
                        new Route("archive", "priority == 'HIGH'", true),
                        new Route("technik", "score.topic == 'outage'"),
                        new Route("never", "true")),
                "people");

        assertThat(queues(routes, context(false, Priority.HIGH))).containsExactly("archive", "technik");
        assertThat(routes.names()).containsExactly("archive", "technik", "never", "people");
    }

    @Test
    void shouldFallBackWhenNoneHolds() {
        assertThat(queues(MailRoutes.of(List.of(), "people"), context(false, Priority.LOW)))
                .containsExactly("people");
        assertThat(queues(MailRoutes.of(List.of(new Route("x", "vip")), "people"), context(false, Priority.LOW)))
                .containsExactly("people");
    }

    @Test
    void shouldShowPeopleWhatTheModelIsNotSureOf() {
        var routes = MailRoutes.of(List.of(new Route("technik", "score.topic == 'outage'")), "people");

        assertThat(queues(routes, context(true, Priority.NORMAL))).containsExactly("people", "technik");
    }

    @Test
    void shouldPassOverARouteThatFails() {
        var routes = MailRoutes.of(
                List.of(new Route("broken", "score.topics['stamps'] > 0.5"), new Route("technik", "true")), "people");

        assertThat(queues(routes, context(false, Priority.HIGH))).containsExactly("technik");
        assertThat(routes.failures()).containsEntry("route 'broken'", 1L).containsEntry("route 'technik'", 0L);
    }

    @Test
    void shouldRouteByDefault() {
        var routes = MailRoutes.defaults();

        assertThat(queues(routes, context(false, Priority.URGENT))).containsExactly("urgent");
        assertThat(queues(routes, context(false, Priority.HIGH))).containsExactly("high");
        assertThat(queues(routes, context(false, Priority.NORMAL))).containsExactly("normal");
        assertThat(queues(routes, context(true, Priority.NORMAL))).containsExactly("unsorted");
        var newsletter = Mails.mail().setAutomatic(Automatic.BULK).build();
        assertThat(queues(routes, context(newsletter, false, Priority.LOW))).containsExactly("automatic");
        var alarm = Mails.mail().setAutomatic(Automatic.NOTIFICATION).build();
        assertThat(queues(routes, context(alarm, false, Priority.HIGH))).containsExactly("high");
    }

    @Test
    void shouldRefuseNamesAndConditionsThatAreNotValid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailRoutes.of(List.of(new Route("Technik!", "true")), "people"))
                .withMessageContaining("queue 'Technik!': allowed are");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailRoutes.of(List.of(), ""))
                .withMessageContaining("queue ''");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailRoutes.of(List.of(new Route("technik", "topic == 'x'")), "people"))
                .withMessageStartingWith("route 'technik': 'topic == 'x'' line 1, column 1:");
    }

    private static List<String> queues(Routes<MailContext> routes, MailContext context) {
        return routes.queues(context, context.abstained());
    }

    private static MailContext context(boolean abstained, Priority priority) {
        return context(Mails.mail().build(), abstained, priority);
    }

    private static MailContext context(EmailMessage mail, boolean abstained, Priority priority) {
        var none = Classification.NONE;
        return new MailContext(mail, OUTAGE, none, none, none, "", abstained, 0, false, Optional.empty())
                .withPriority(new PriorityDecision(0.5f, priority, List.of()));
    }
}
