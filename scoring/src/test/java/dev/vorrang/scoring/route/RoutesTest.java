package dev.vorrang.scoring.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vorrang.schemas.Automatic;
import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.mail.Mails;
import dev.vorrang.scoring.rule.Facts;
import dev.vorrang.scoring.rule.Opinion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private static final Opinion OUTAGE = new Opinion("outage", 0.9f, Map.of("outage", 0.9f));

    @Test
    void shouldTakeTheFirstThatHolds() {
        var routes = Routes.of(
                List.of(
                        new Route("stamps", "score.topic == 'stamps'"),
                        new Route("technik", "score.topic == 'outage'"),
                        new Route("all", "true")),
                "people");

        assertThat(routes.queues(facts(false, Priority.HIGH))).containsExactly("technik");
        assertThat(routes.names()).containsExactly("stamps", "technik", "all", "people");
    }

    @Test
    void shouldGoOnWhereARouteSaysSo() {
        var routes = Routes.of(
                List.of(
                        new Route("archive", "true", true),
                        new Route("archive", "priority == 'HIGH'", true),
                        new Route("technik", "score.topic == 'outage'"),
                        new Route("never", "true")),
                "people");

        assertThat(routes.queues(facts(false, Priority.HIGH))).containsExactly("archive", "technik");
        assertThat(routes.names()).containsExactly("archive", "technik", "never", "people");
    }

    @Test
    void shouldFallBackWhenNoneHolds() {
        assertThat(Routes.of(List.of(), "people").queues(facts(false, Priority.LOW)))
                .containsExactly("people");
        assertThat(Routes.of(List.of(new Route("x", "vip")), "people").queues(facts(false, Priority.LOW)))
                .containsExactly("people");
    }

    @Test
    void shouldShowPeopleWhatTheModelIsNotSureOf() {
        var routes = Routes.of(List.of(new Route("technik", "score.topic == 'outage'")), "people");

        assertThat(routes.queues(facts(true, Priority.NORMAL))).containsExactly("people", "technik");
    }

    @Test
    void shouldPassOverARouteThatFails() {
        var routes = Routes.of(
                List.of(new Route("broken", "score.topics['stamps'] > 0.5"), new Route("technik", "true")), "people");

        assertThat(routes.queues(facts(false, Priority.HIGH))).containsExactly("technik");
        assertThat(routes.failures()).containsEntry("route 'broken'", 1L).containsEntry("route 'technik'", 0L);
    }

    @Test
    void shouldRouteByDefault() {
        var routes = Routes.defaults();

        assertThat(routes.queues(facts(false, Priority.URGENT))).containsExactly("urgent");
        assertThat(routes.queues(facts(false, Priority.HIGH))).containsExactly("high");
        assertThat(routes.queues(facts(false, Priority.NORMAL))).containsExactly("normal");
        assertThat(routes.queues(facts(true, Priority.NORMAL))).containsExactly("unsorted");
        var newsletter = Mails.mail().setAutomatic(Automatic.BULK).build();
        assertThat(routes.queues(
                        new Facts(newsletter, OUTAGE, Opinion.NONE, false, 0, false).withPriority(Priority.LOW, 0.1f)))
                .containsExactly("automatic");
        var alarm = Mails.mail().setAutomatic(Automatic.NOTIFICATION).build();
        assertThat(routes.queues(
                        new Facts(alarm, OUTAGE, Opinion.NONE, false, 0, false).withPriority(Priority.HIGH, 0.6f)))
                .containsExactly("high");
    }

    @Test
    void shouldRefuseNamesAndConditionsThatAreNotValid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Routes.of(List.of(new Route("Technik!", "true")), "people"))
                .withMessageContaining("queue 'Technik!': allowed are");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Routes.of(List.of(), ""))
                .withMessageContaining("queue ''");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Routes.of(List.of(new Route("technik", "topic == 'x'")), "people"))
                .withMessageStartingWith("route 'technik': 'topic == 'x'' line 1, column 1:");
    }

    private static Facts facts(boolean abstained, Priority priority) {
        return new Facts(Mails.mail().build(), OUTAGE, Opinion.NONE, abstained, 0, false).withPriority(priority, 0.5f);
    }
}
