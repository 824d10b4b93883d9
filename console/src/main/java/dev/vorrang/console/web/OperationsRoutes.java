package dev.vorrang.console.web;

import dev.vorrang.console.access.Access;
import dev.vorrang.console.access.AuditLog.Deed;
import dev.vorrang.console.access.Role;
import dev.vorrang.console.api.Call;
import dev.vorrang.console.api.Kinds;
import dev.vorrang.console.api.Param;
import dev.vorrang.console.api.ProblemException;
import dev.vorrang.console.api.Reply;
import dev.vorrang.console.api.Route;
import dev.vorrang.console.view.OperationsStore;
import dev.vorrang.console.view.OperationsView;
import java.util.List;
import java.util.Optional;

/** Routes of operations. */
final class OperationsRoutes {

    private static final Param<Optional<String>> STREAM =
            Param.query("stream", Kinds.text(RecordParams.MAX_NAME), "Name of a stream; all if it is not given.");
    private static final Param<String> TOPIC =
            Param.path("topic", Kinds.text(RecordParams.MAX_NAME), "Topic of dead letters.");
    private static final Param<Integer> PARTITION =
            Param.path("partition", Kinds.integer(0, Integer.MAX_VALUE), "Its partition.");
    private static final Param<Long> OFFSET = Param.path("offset", Kinds.count(), "Its offset.");

    private final ConsoleServices services;
    private final Access access;

    OperationsRoutes(ConsoleServices services, Access access) {
        this.services = services;
        this.access = access;
    }

    List<Route<?>> routes() {
        return List.of(
                Route.get("/operations")
                        .role(Role.VIEWER)
                        .answers(OperationsView.class)
                        .doc("How the streams do.")
                        .to(call -> Reply.of(services.operations().operations())),
                Route.get("/dead-letters")
                        .role(Role.VIEWER)
                        .takes(STREAM, RecordParams.LIMIT, RecordParams.AFTER)
                        .answers(OperationsStore.DeadLetterPage.class)
                        .doc("Records that could not be decoded or scored, the newest first.")
                        .to(call -> Reply.of(services.operations()
                                .deadLetters(
                                        call.get(STREAM), call.get(RecordParams.AFTER), call.get(RecordParams.LIMIT)))),
                Route.get("/dead-letters/{topic}/{partition}/{offset}")
                        .role(Role.VIEWER)
                        .takes(TOPIC, PARTITION, OFFSET)
                        .answers(OperationsView.DeadLetterView.class)
                        .problems(404)
                        .doc("One of them, with its bytes.")
                        .to(call -> Reply.of(services.operations()
                                .deadLetter(call.get(TOPIC), call.get(PARTITION), call.get(OFFSET))
                                .orElseThrow(() -> noSuchLetter(call)))),
                Route.post("/dead-letters/{topic}/{partition}/{offset}/replay")
                        .role(Role.ADMIN)
                        .takes(TOPIC, PARTITION, OFFSET)
                        .status(202)
                        .problems(404, 503)
                        .doc("Writes the record of a dead letter, byte for byte, to the topic that it came from.")
                        .to(this::replay));
    }

    private Reply<?> replay(Call<Void> call) {
        access.carryOut(
                call.caller().name(),
                Deed.DEAD_LETTER_REPLAYED,
                address(call),
                call.caller().address(),
                () -> {
                    if (!services.replay().replay(call.get(TOPIC), call.get(PARTITION), call.get(OFFSET))) {
                        throw noSuchLetter(call);
                    }
                });
        return Reply.empty();
    }

    private static ProblemException noSuchLetter(Call<?> call) {
        return ProblemException.notFound("dead letter", address(call));
    }

    private static String address(Call<?> call) {
        return call.get(TOPIC) + "/" + call.get(PARTITION) + "/" + call.get(OFFSET);
    }
}
