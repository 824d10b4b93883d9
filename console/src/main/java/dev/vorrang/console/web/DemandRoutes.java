package dev.vorrang.console.web;

import dev.vorrang.console.access.Role;
import dev.vorrang.console.api.Kinds;
import dev.vorrang.console.api.Param;
import dev.vorrang.console.api.ProblemException;
import dev.vorrang.console.api.Reply;
import dev.vorrang.console.api.Route;
import dev.vorrang.console.view.DemandStore;
import java.util.List;

/** Routes of demand. */
final class DemandRoutes {

    private static final Param<String> KEY =
            Param.path("key", Kinds.text(RecordParams.MAX_TEXT), "Item, or item@location.");
    private static final Param<String> TEXT =
            Param.query("text", Kinds.text(RecordParams.MAX_TEXT), "", "What the name has.");

    private final DemandStore demand;

    DemandRoutes(DemandStore demand) {
        this.demand = demand;
    }

    List<Route<?>> routes() {
        return List.of(
                Route.get("/demand/items")
                        .role(Role.VIEWER)
                        .takes(TEXT, RecordParams.LIMIT, RecordParams.AFTER)
                        .answers(DemandStore.ItemPage.class)
                        .doc("Items with their last forecast, those with the most severe open alert first.")
                        .to(call -> Reply.of(demand.items(
                                call.get(TEXT), call.get(RecordParams.AFTER), call.get(RecordParams.LIMIT)))),
                Route.get("/demand/items/{key}")
                        .role(Role.VIEWER)
                        .takes(KEY)
                        .answers(DemandStore.ItemDetail.class)
                        .problems(404)
                        .doc(
                                "An item with its history, its last forecast as quantiles, its alerts and the accuracy of earlier forecasts.")
                        .to(call -> Reply.of(demand.item(call.get(KEY))
                                .orElseThrow(() -> ProblemException.notFound("item", call.get(KEY))))));
    }
}
