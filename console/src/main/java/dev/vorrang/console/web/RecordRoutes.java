package dev.vorrang.console.web;

import static dev.vorrang.console.web.RecordParams.AFTER;
import static dev.vorrang.console.web.RecordParams.ID;
import static dev.vorrang.console.web.RecordParams.LIMIT;
import static dev.vorrang.console.web.RecordParams.STREAM;

import dev.vorrang.console.access.Role;
import dev.vorrang.console.api.Call;
import dev.vorrang.console.api.Kinds;
import dev.vorrang.console.api.Param;
import dev.vorrang.console.api.ProblemException;
import dev.vorrang.console.api.Reply;
import dev.vorrang.console.api.Route;
import dev.vorrang.console.view.RecordDetail;
import dev.vorrang.console.view.RecordPage;
import dev.vorrang.console.view.RecordQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Routes that show records. */
final class RecordRoutes {

    /** Records of which somebody has corrected any field. */
    private static final Map<String, Set<String>> CORRECTED = Map.of("corrected", Set.of(RecordQuery.ANY));

    private static final Param<String> OF_STREAM =
            Param.query("stream", Kinds.text(RecordParams.MAX_NAME), "mail", "Name of a stream.");
    private static final Param<Optional<Instant>> FROM =
            Param.query("from", Kinds.time(), "Earliest time of a record.");

    private final ConsoleServices services;

    RecordRoutes(ConsoleServices services) {
        this.services = services;
    }

    List<Route<?>> routes() {
        return List.of(
                Route.get("/streams/{stream}/records")
                        .role(Role.VIEWER)
                        .takes(RecordParams.QUERY)
                        .answers(RecordPage.class)
                        .problems(404)
                        .doc("Records of a stream.")
                        .to(this::search),
                Route.get("/streams/{stream}/records/{id}")
                        .role(Role.VIEWER)
                        .takes(STREAM, ID)
                        .answers(RecordDetail.class)
                        .problems(404)
                        .doc("All of a record.")
                        .to(this::find),
                Route.get("/corrections")
                        .role(Role.VIEWER)
                        .takes(OF_STREAM, FROM, LIMIT, AFTER)
                        .answers(RecordPage.class)
                        .problems(404)
                        .doc(
                                "Records that somebody has corrected, the oldest first; what is right stands in `desk.corrections`.")
                        .to(this::corrected));
    }

    private Reply<?> search(Call<Void> call) {
        requireStream(call.get(STREAM));
        return Reply.of(services.records().search(RecordParams.query(call)));
    }

    private Reply<?> find(Call<Void> call) {
        requireStream(call.get(STREAM));
        return Reply.of(services.records()
                .find(call.get(STREAM), call.get(ID))
                .orElseThrow(() -> ProblemException.notFound("record", call.get(ID))));
    }

    private Reply<?> corrected(Call<Void> call) {
        requireStream(call.get(OF_STREAM));
        return Reply.of(services.records()
                .search(new RecordQuery(
                        call.get(OF_STREAM),
                        Set.of(),
                        "",
                        CORRECTED,
                        Set.of(),
                        Optional.empty(),
                        call.get(FROM),
                        Optional.empty(),
                        RecordQuery.Sort.OLDEST,
                        false,
                        call.get(AFTER),
                        call.get(LIMIT))));
    }

    private void requireStream(String stream) {
        if (!services.streams().contains(stream)) {
            throw ProblemException.field(404, "stream", stream, "one of " + String.join(", ", services.streams()));
        }
    }
}
