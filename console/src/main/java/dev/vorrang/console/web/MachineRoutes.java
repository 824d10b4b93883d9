package dev.vorrang.console.web;

import dev.vorrang.console.access.Access;
import dev.vorrang.console.access.AuditLog.Deed;
import dev.vorrang.console.access.Role;
import dev.vorrang.console.api.Call;
import dev.vorrang.console.api.Kinds;
import dev.vorrang.console.api.ListOf;
import dev.vorrang.console.api.Param;
import dev.vorrang.console.api.ProblemException;
import dev.vorrang.console.api.Reply;
import dev.vorrang.console.api.Route;
import dev.vorrang.console.view.MachineStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Routes of machines. */
final class MachineRoutes {

    private static final int MAX_REASON = 10_000;
    private static final Duration SHOWN = Duration.ofDays(1);
    private static final Pattern ALERT = Pattern.compile("[0-9a-f]{32}");

    private static final Param<String> MACHINE =
            Param.path("machine", Kinds.text(RecordParams.MAX_NAME), "Name of a machine.");
    private static final Param<Optional<Instant>> FROM =
            Param.query("from", Kinds.time(), "Earliest time; a day before `to` if it is not given.");
    private static final Param<Optional<Instant>> TO =
            Param.query("to", Kinds.time(), "End, exclusive; now if it is not given.");
    private static final Param<Integer> POINTS =
            Param.query("points", Kinds.integer(10, 2_000), 500, "Most points of a sensor.");

    private final ConsoleServices services;
    private final Access access;
    private final Clock clock;

    MachineRoutes(ConsoleServices services, Access access, Clock clock) {
        this.services = services;
        this.access = access;
        this.clock = clock;
    }

    /**
     * What is normal.
     *
     * @param alert id of one alert; all that are open if it is not given
     */
    record AcceptRequest(Optional<String> alert, String reason) {

        AcceptRequest {
            alert.filter(id -> !ALERT.matcher(id).matches()).ifPresent(id -> {
                throw new IllegalArgumentException("alert '" + id + "': allowed are 32 hex digits, the id of an alert");
            });
            requireReason(reason);
        }
    }

    /**
     * A maintenance.
     *
     * @param from now, if it is not given
     * @param until open, if it is not given
     */
    record MaintenanceRequest(Optional<Instant> from, Optional<Instant> until, String reason) {

        MaintenanceRequest {
            requireReason(reason);
        }
    }

    private static void requireReason(String reason) {
        if (reason.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "reason of " + reason.length() + " characters: allowed are at most " + MAX_REASON);
        }
    }

    List<Route<?>> routes() {
        return List.of(
                Route.get("/machines")
                        .role(Role.VIEWER)
                        .answers(ListOf.type(MachineStore.MachineView.class))
                        .doc("All machines, those with the most severe open alert first.")
                        .to(call -> Reply.of(services.machines().machines())),
                Route.get("/machines/{machine}/series")
                        .role(Role.VIEWER)
                        .takes(MACHINE, FROM, TO, POINTS)
                        .answers(MachineStore.Series.class)
                        .problems(404)
                        .doc("What the sensors of a machine read.")
                        .to(this::series),
                Route.post("/machines/{machine}/accept", AcceptRequest.class)
                        .role(Role.AGENT)
                        .takes(MACHINE)
                        .status(202)
                        .problems(404, 503)
                        .doc("Takes the state of a machine as normal: its open alerts are cleared.")
                        .to(this::accept),
                Route.post("/machines/{machine}/maintenance", MaintenanceRequest.class)
                        .role(Role.AGENT)
                        .takes(MACHINE)
                        .status(202)
                        .problems(404, 503)
                        .doc("Marks a machine as in maintenance: no alert is raised until it ends.")
                        .to(this::maintain),
                Route.delete("/machines/{machine}/maintenance")
                        .role(Role.AGENT)
                        .takes(MACHINE)
                        .status(202)
                        .problems(404, 503)
                        .doc("Ends the maintenance of a machine.")
                        .to(this::endMaintenance));
    }

    private Reply<?> series(Call<Void> call) {
        Instant to = call.get(TO).orElseGet(clock::instant);
        Instant from = call.get(FROM).orElse(to.minus(SHOWN));
        requireOrder("from", from, to);
        return Reply.of(services.machines()
                .series(call.get(MACHINE), from, to, call.get(POINTS))
                .orElseThrow(() -> ProblemException.notFound("machine", call.get(MACHINE))));
    }

    private Reply<?> accept(Call<AcceptRequest> call) {
        String machine = known(call);
        AcceptRequest request = call.body();
        return kept(call, Deed.MACHINE_ACCEPTED, () -> services.marks()
                .accept(machine, request.alert(), call.caller().name(), request.reason()));
    }

    private Reply<?> maintain(Call<MaintenanceRequest> call) {
        String machine = known(call);
        MaintenanceRequest request = call.body();
        Instant from = request.from().orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS));
        request.until().ifPresent(until -> requireOrder("from", from, until));
        return kept(call, Deed.MAINTENANCE_BEGUN, () -> services.marks()
                .maintain(machine, from, request.until(), request.reason()));
    }

    private Reply<?> endMaintenance(Call<Void> call) {
        String machine = known(call);
        return kept(call, Deed.MAINTENANCE_ENDED, () -> services.marks().endMaintenance(machine));
    }

    private Reply<?> kept(Call<?> call, Deed deed, Runnable work) {
        access.carryOut(
                call.caller().name(), deed, call.get(MACHINE), call.caller().address(), work);
        return Reply.empty();
    }

    private String known(Call<?> call) {
        String machine = call.get(MACHINE);
        if (!services.machines().has(machine)) {
            throw ProblemException.notFound("machine", machine);
        }
        return machine;
    }

    private static void requireOrder(String field, Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw ProblemException.field(field, from.toString(), "a time before " + to + ", the end");
        }
    }
}
