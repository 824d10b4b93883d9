package dev.vorrang.app.settings;

import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.action.ActionRule;
import dev.vorrang.scoring.action.ActionRule.Escalation;
import dev.vorrang.scoring.action.ActionRule.Grouping;
import dev.vorrang.scoring.action.ActionRule.RateLimit;
import dev.vorrang.scoring.action.QuietHours;
import dev.vorrang.scoring.rule.Fields;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys {@code actions.rules}. */
final class ActionRuleKeys {

    static final String LIST = "actions.rules";

    static final Section KEYS = new Section(
            LIST + "[]", "Rules of actions", "Rules: each acts once on each record that meets its condition.");

    /** No wait is longer: a task advances by a day at a time at most. */
    private static final Kind<Duration> WAIT = Kind.duration(Duration.ofSeconds(1), Duration.ofDays(1));

    private static final Kind<LocalTime> TIME_OF_DAY = Kind.text(
                    "a time of day such as 07:30", "([01]\\d|2[0-3]):[0-5]\\d")
            .map(LocalTime::parse);

    private static final Key<String> NAME = KEYS.add(Key.of(
                    "name",
                    Kind.text("up to 100 of a-z, 0-9, '_' and '-'", "[a-z0-9_-]{1,100}"),
                    "Name of the action. It is part of the ids of actions: after a change, the rule acts again on earlier records.")
            .example("page-outages", "lamp"));
    private static final Key<String> STREAM =
            KEYS.add(Key.of("stream", Kind.text().named("the name of a stream"), "Stream whose records it is about.")
                    .example("mail", "machine"));
    private static final Key<String> WHEN = KEYS.add(Key.of(
                    "when",
                    Kind.text().named("a CEL expression"),
                    "Condition: a CEL expression, see [Conditions](settings.md#conditions).")
            .example("priority == \"URGENT\" && topic == \"outage\"", "kind == \"FAULT\" && state == \"RAISED\""));
    private static final Key<String> SINK = KEYS.add(
            Key.of("sink", Kind.text().named("the name of a sink"), "Sink that carries it out, one of `sinks`.")
                    .example("pager", "pager"));
    private static final Key<Duration> MAX_AGE = KEYS.add(Key.of(
                    "max-age",
                    Kind.duration(Duration.ofMinutes(1), Duration.ofDays(3650)),
                    "Age from which a record is not acted on. Default: `actions.max-age`.")
            .example("4h"));
    private static final Key<String> GROUP_BY = KEYS.add(Key.of(
                    "group.by[]",
                    Kind.text().named("names of fields"),
                    "Fields whose values the records of a group share. Default: all records are one group.")
            .example("[topic]"));
    private static final Key<Duration> GROUP_WINDOW = KEYS.add(Key.of(
                    "group.window",
                    WAIT,
                    "Time between two messages of a group. A group ends when no record arrives for this time.")
            .example("10m"));
    private static final Key<Boolean> GROUP_FIRST = KEYS.add(Key.of(
            "group.first-at-once",
            Kind.flag(),
            "true",
            "Whether the first record of a group is sent at once, or with the others at the end of the window."));
    private static final Key<Integer> GROUP_TITLES = KEYS.add(
            Key.of("group.titles", Kind.integer(1, 100), "10", "Maximum number of titles in a message of a group."));
    private static final Key<Integer> RATE = KEYS.add(Key.of(
                    "rate.messages",
                    Kind.integer(1, 1_000_000),
                    "Maximum number of messages. Further records are combined in one message, which is sent as soon as the rate allows it.")
            .example("20"));
    private static final Key<Duration> RATE_PER =
            KEYS.add(Key.of("rate.per", WAIT, "1h", "Time in which at most this number of messages is sent."));
    private static final Key<LocalTime> QUIET_FROM = KEYS.add(
            Key.of("quiet-hours.from", TIME_OF_DAY, "Begin of quiet hours.").example("22:00"));
    private static final Key<LocalTime> QUIET_TO = KEYS.add(
            Key.of("quiet-hours.to", TIME_OF_DAY, "End of quiet hours, on the next day if it is not after `from`.")
                    .example("07:00"));
    private static final Key<ZoneId> QUIET_ZONE = KEYS.add(Key.of(
                    "quiet-hours.zone",
                    Kind.text().map(ZoneId::of).named("a time zone such as Europe/Berlin"),
                    "Time zone of quiet hours. Default: that of this machine.")
            .example("Europe/Berlin"));
    private static final Key<DayOfWeek> QUIET_DAYS = KEYS.add(
            Key.of("quiet-hours.days[]", Kind.oneOf(DayOfWeek.class), "Days on which quiet hours begin. Default: all.")
                    .example("[monday, tuesday, wednesday, thursday, friday]"));
    private static final Key<QuietHours.Then> QUIET_THEN = KEYS.add(Key.of(
            "quiet-hours.then",
            Kind.oneOf(QuietHours.Then.class),
            "hold",
            "What happens with records in quiet hours: `hold` combines them in one message at their end, `skip` drops them."
                    + " Steps of an escalation wait in both cases."));
    private static final Key<Priority> QUIET_EXCEPT = KEYS.add(Key.of(
                    "quiet-hours.except",
                    Kind.oneOf(Priority.class),
                    "Severity from which quiet hours do not count. Default: they always do.")
            .example("urgent"));
    private static final Key<Duration> AFTER = KEYS.add(
            Key.of("escalate[].after", WAIT, "Time after the message before, if nobody acknowledged until then.")
                    .example("15m"));
    private static final Key<String> ESCALATE_SINK = KEYS.add(
            Key.of("escalate[].sink", Kind.text().named("the name of a sink"), "Sink of this step, one of `sinks`.")
                    .example("pager"));

    private final SettingsReader reader;
    private final List<StreamSection<?>> streams;
    private final List<String> sinks;

    private ActionRuleKeys(SettingsReader reader, List<StreamSection<?>> streams, List<SinkSettings> sinks) {
        this.reader = reader;
        this.streams = streams;
        this.sinks = sinks.stream().map(SinkSettings::name).toList();
    }

    static List<ActionRule> read(SettingsReader reader, List<StreamSection<?>> streams, List<SinkSettings> sinks) {
        var keys = new ActionRuleKeys(reader, streams, sinks);
        var rules = new ArrayList<ActionRule>();
        var names = new HashSet<String>();
        for (int place = 0; place < reader.size(LIST); place++) {
            var rule = keys.rule(place);
            if (rule.isPresent() && !names.add(rule.get().name())) {
                reader.problem(
                        NAME.at(place), "'" + rule.get().name() + "' stands twice; allowed is a name for each rule");
            }
            rule.ifPresent(rules::add);
        }
        return rules;
    }

    /** Empty if something that is needed is not there or not valid, which the reader then has as a problem. */
    private Optional<ActionRule> rule(int place) {
        var name = reader.require(NAME, "each rule has a name", place);
        var fields = reader.require(STREAM, "each rule has a stream", place)
                .flatMap(stream -> fields(stream, STREAM.at(place)));
        var when = reader.require(WHEN, "each rule has a condition", place);
        var sink = sink(SINK, "each rule has a sink", place);
        var quietHours = quietHours(place);
        var grouping = grouping(place);
        var rate = reader.find(RATE, place).map(most -> new RateLimit(most, reader.get(RATE_PER, place)));
        var escalations = escalations(place);
        if (name.isEmpty() || fields.isEmpty() || when.isEmpty() || sink.isEmpty()) {
            return Optional.empty();
        }
        var rule = new ActionRule(
                name.get(),
                reader.find(STREAM, place).orElseThrow(),
                when.get(),
                sink.get(),
                quietHours,
                grouping,
                rate,
                escalations,
                reader.find(MAX_AGE, place));
        return reader.make(WHEN.at(place), () -> {
            rule.check(fields.get());
            return rule;
        });
    }

    private Optional<Fields<?>> fields(String stream, String key) {
        var actable =
                streams.stream().filter(each -> each.actionFields().isPresent()).toList();
        Optional<Fields<?>> found = actable.stream()
                .filter(each -> each.name().equals(stream))
                .findFirst()
                .flatMap(StreamSection::actionFields);
        if (found.isEmpty()) {
            unknown(key, stream, actable.stream().map(StreamSection::name).toList(), "");
        }
        return found;
    }

    private Optional<String> sink(Key<String> key, String because, int... places) {
        var sink = reader.require(key, because, places);
        if (sink.isPresent() && !sinks.contains(sink.get())) {
            unknown(key.at(places), sink.get(), sinks, " of sinks");
        }
        return sink.filter(sinks::contains);
    }

    private void unknown(String key, String name, List<String> known, String where) {
        reader.problem(
                key,
                "there is no '" + name + "'; allowed is one" + where + ": "
                        + (known.isEmpty() ? "there is none" : String.join(", ", known))
                        + UnknownKeys.nearest(name, known.stream()));
    }

    private Optional<QuietHours> quietHours(int place) {
        if (!reader.isSet(QUIET_FROM, place) && !reader.isSet(QUIET_TO, place)) {
            return Optional.empty();
        }
        var from = reader.require(QUIET_FROM, "quiet hours have a begin", place);
        var to = reader.require(QUIET_TO, "quiet hours have an end", place);
        var zone = reader.find(QUIET_ZONE, place).orElseGet(ZoneId::systemDefault);
        var days = reader.list(QUIET_DAYS, place);
        Set<DayOfWeek> all = EnumSet.allOf(DayOfWeek.class);
        var then = reader.get(QUIET_THEN, place);
        var except = reader.find(QUIET_EXCEPT, place);
        return from.isPresent() && to.isPresent()
                ? Optional.of(new QuietHours(
                        from.get(), to.get(), zone, days.isEmpty() ? all : Set.copyOf(days), then, except))
                : Optional.empty();
    }

    private Optional<Grouping> grouping(int place) {
        var by = reader.list(GROUP_BY, place);
        if (by.isEmpty() && !reader.isSet(GROUP_WINDOW, place)) {
            return Optional.empty();
        }
        boolean first = reader.get(GROUP_FIRST, place);
        int titles = reader.get(GROUP_TITLES, place);
        return reader.require(GROUP_WINDOW, "a group has a window", place)
                .map(window -> new Grouping(by, window, first, titles));
    }

    private List<Escalation> escalations(int place) {
        var steps = new ArrayList<Escalation>();
        for (int step = 0; step < reader.size(LIST + "[" + place + "].escalate"); step++) {
            var after = reader.require(AFTER, "each step has a time", place, step);
            var sink = sink(ESCALATE_SINK, "each step has a sink", place, step);
            if (after.isPresent() && sink.isPresent()) {
                steps.add(new Escalation(after.get(), sink.get()));
            }
        }
        return steps;
    }
}
