package dev.vorrang.app.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A crash test's result for people and for programs. */
public final class CrashReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CrashResult result;
    private final List<String> lines = new ArrayList<>();

    public CrashReport(CrashResult result) {
        this.result = result;
    }

    /** A table of what was done and what came out, and a verdict. */
    public List<String> lines() {
        lines.clear();
        var plan = result.plan();
        lines.add(String.format(
                Locale.ROOT,
                "Crash test of the %s stream, %s%s: %d instances, seed %d, %.0f s",
                plan.stream(),
                lower(plan.guarantee()),
                plan.control() ? ", CONTROL without the hook before commits" : "",
                plan.instances(),
                plan.seed(),
                result.time().toMillis() / 1000.0));
        lines.add("");
        for (Fault fault : Fault.values()) {
            row(fault.words(), result.faults().getOrDefault(fault, 0), "");
        }
        lines.add("");
        countRows();
        lines.add("");
        result.counts().examples().forEach(example -> lines.add("  " + example));
        result.comparison().ifPresent(each -> each.examples().forEach(example -> lines.add("  " + example)));
        result.openTransactions().forEach(open -> lines.add("  " + open));
        result.stuck().ifPresent(why -> lines.add("  the program did not go on: " + why));
        lines.add(verdict());
        return List.copyOf(lines);
    }

    private void countRows() {
        var counts = result.counts();
        boolean once = result.plan().guarantee() == Guarantee.EXACTLY_ONCE;
        boolean control = result.plan().control();
        String none = control ? "" : "0";
        String poison = control ? "" : Integer.toString(counts.poison());
        String good = control ? "" : Integer.toString(counts.sent() - counts.poison());
        row("records sent", counts.sent(), Integer.toString(result.plan().records()));
        row("poison among them", counts.poison(), "");
        row(
                "scored",
                counts.scored(),
                result.plan().control() ? "" : Integer.toString(counts.sent() - counts.poison()));
        row("lost", counts.lost(), control ? "1 or more" : "0");
        row("duplicated", counts.duplicated(), once ? none : "any");
        row("out of order within a key", counts.disordered(), none);
        row("poison dead-lettered, with its cause", counts.deadLettered(), poison);
        row("wrongly dead-lettered", counts.wronglyDeadLettered(), none);
        row("poison scored", counts.poisonScored(), none);
        row("transactions that hang", result.openTransactions().size(), none);
        result.comparison().ifPresent(comparison -> {
            row("outputs compared", comparison.compared(), "");
            row("different from a run without faults", comparison.different(), none);
        });
        if (counts.inputDamaged() > 0) {
            row("input lost or doubled by the broker", counts.inputDamaged(), "0");
        }
    }

    private void row(String what, int count, String allowed) {
        lines.add(String.format(
                        Locale.ROOT, "  %-40s %,11d  %s", what, count, allowed.isEmpty() ? "" : "must be " + allowed)
                .stripTrailing());
    }

    private String verdict() {
        if (result.plan().control()) {
            return result.passed()
                    ? "The control lost records, as it must: the test can fail."
                    : "THE CONTROL LOST NOTHING: this test would not notice losses. Send more records or kill more"
                            + " often.";
        }
        return result.passed() ? "The promise held." : "THE PROMISE IS BROKEN.";
    }

    /** One line of JSON with the same figures. */
    public String json() {
        var plan = result.plan();
        var counts = result.counts();
        ObjectNode json = JSON.createObjectNode()
                .put("passed", result.passed())
                .put("stream", plan.stream())
                .put("guarantee", lower(plan.guarantee()))
                .put("control", plan.control())
                .put("records", plan.records())
                .put("instances", plan.instances())
                .put("seed", plan.seed())
                .put("lingerMillis", plan.linger().toMillis())
                .put("seconds", result.time().toMillis() / 1000.0);
        ObjectNode faults = json.putObject("faults");
        for (Fault fault : Fault.values()) {
            faults.put(lower(fault), result.faults().getOrDefault(fault, 0));
        }
        json.put("sent", counts.sent())
                .put("poison", counts.poison())
                .put("scored", counts.scored())
                .put("lost", counts.lost())
                .put("duplicated", counts.duplicated())
                .put("disordered", counts.disordered())
                .put("deadLettered", counts.deadLettered())
                .put("wronglyDeadLettered", counts.wronglyDeadLettered())
                .put("poisonScored", counts.poisonScored())
                .put("inputDamaged", counts.inputDamaged())
                .put("hangingTransactions", result.openTransactions().size());
        result.comparison().ifPresent(comparison -> json.put("compared", comparison.compared())
                .put("different", comparison.different()));
        result.stuck().ifPresent(why -> json.put("stuck", why));
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
