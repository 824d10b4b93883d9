package dev.vorrang.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.action.ActionRule;
import dev.vorrang.scoring.action.ActionRule.Escalation;
import dev.vorrang.scoring.action.ActionRule.Grouping;
import dev.vorrang.scoring.action.ActionRule.RateLimit;
import dev.vorrang.scoring.action.QuietHours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionOptionsTest {

    private static final String SINKS = """
            ingest: {mode: external}
            sinks:
              - {name: pager, connector: http, settings: {http.url: "https://hooks.example.org"}}
              - {name: boss, connector: external}
            """;

    @TempDir
    private Path folder;

    private Settings load(String yaml) throws IOException {
        Path file = folder.resolve("vorrang.yaml");
        Files.writeString(file, yaml);
        return Settings.load(StreamKits.SETTINGS, file, Map.of());
    }

    private List<String> problems(String yaml) {
        return catchThrowableOfType(SettingsException.class, () -> load(yaml)).problems().stream()
                .map(problem -> problem.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void shouldDecideNothingUnlessThereIsARule() throws IOException {
        assertThat(load(SINKS).actions().enabled()).isFalse();
        assertThat(load(SINKS + "actions: {enabled: true}").actions().enabled()).isTrue();
        assertThat(load(SINKS + "actions: {acknowledge: {token: Tannenhaeher-im-Schnee}}")
                        .actions()
                        .enabled())
                .isTrue();
        assertThat(load(SINKS).sinks()).extracting(SinkSettings::name).containsExactly("pager", "boss");
    }

    @Test
    void shouldReadAWholeRule() throws IOException {
        var options = load(SINKS + """
                        actions:
                          start: earliest
                          max-age: 2d
                          rules:
                            - name: page
                              stream: mail
                              when: priority == "URGENT" && "outage" in queues
                              sink: pager
                              max-age: 4h
                              group: {by: [topic, sender], window: 10m, first-at-once: false, titles: 5}
                              rate: {messages: 20, per: 30m}
                              quiet-hours:
                                {from: 22:00, to: 07:00, zone: Europe/Berlin, days: [monday, friday], then: skip, except: high}
                              escalate:
                                - {after: 15m, sink: boss}
                                - {after: 1h, sink: pager}
                            - {name: lamp, stream: machine, when: kind == "FAULT", sink: pager}
                        """).actions();

        assertThat(options.enabled()).isTrue();
        assertThat(options.start()).isEqualTo(ActionOptions.Start.EARLIEST);
        assertThat(options.maxAge()).isEqualTo(Duration.ofDays(2));
        assertThat(options.rules())
                .containsExactly(
                        new ActionRule(
                                "page",
                                "mail",
                                "priority == \"URGENT\" && \"outage\" in queues",
                                "pager",
                                Optional.of(new QuietHours(
                                        LocalTime.of(22, 0),
                                        LocalTime.of(7, 0),
                                        ZoneId.of("Europe/Berlin"),
                                        Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                                        QuietHours.Then.SKIP,
                                        Optional.of(Priority.HIGH))),
                                Optional.of(new Grouping(List.of("topic", "sender"), Duration.ofMinutes(10), false, 5)),
                                Optional.of(new RateLimit(20, Duration.ofMinutes(30))),
                                List.of(
                                        new Escalation(Duration.ofMinutes(15), "boss"),
                                        new Escalation(Duration.ofHours(1), "pager")),
                                Optional.of(Duration.ofHours(4))),
                        ActionRule.of("lamp", "machine", "kind == \"FAULT\"", "pager"));
    }

    @Test
    void shouldNameAllProblemsAtOnce() {
        assertThat(problems(SINKS + """
                        actions:
                          max-age: never
                          retention: 1d
                          rules:
                            - {name: Page, stream: mail, when: "true", sink: pager}
                            - {name: a, stream: mails, when: "true", sink: pagr}
                            - {name: b, stream: mail, when: priorty == "URGENT", sink: pager}
                            - {name: c, stream: mail, when: "true", sink: pager, group: {by: [topik], window: 10m}}
                            - {name: d, stream: mail, when: "true", sink: pager, group: {by: [topic]}}
                            - {name: e, stream: mail, when: "true", sink: pager, quiet-hours: {from: 25:00, zone: Berlin}}
                            - {name: f, stream: mail, when: "true", sink: pager, escalate: [{after: 2d, sink: chef}, {sink: boss}]}
                            - {name: b, stream: machine, when: "true", sink: pager, rate: {messages: 0}, quiethours: {from: 22:00}}
                            - {name: b, stream: machine, when: "true", sink: pager}
                            - {name: b, stream: machine, when: "true", sink: pager}
                        """))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem)
                                .startsWith(
                                        "actions.rules[7].quiethours.from (vorrang.yaml line 16): there is no such key; did you mean actions.rules.quiet-hours.from?"),
                        problem -> assertThat(problem)
                                .startsWith("actions.max-age = 'never' (vorrang.yaml line 6): allowed is a time from"),
                        problem -> assertThat(problem)
                                .startsWith("actions.retention = '1d' (vorrang.yaml line 7): allowed is a time from"),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "actions.rules[0].name = 'Page' (vorrang.yaml line 9): allowed is up to 100 of a-z, 0-9, '_' and '-'"),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "actions.rules[1].stream (vorrang.yaml line 10): there is no 'mails'; allowed is one: mail, machine, demand; did you mean mail?"),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "actions.rules[1].sink (vorrang.yaml line 10): there is no 'pagr'; allowed is one of sinks: pager, boss; did you mean pager?"),
                        problem -> assertThat(problem)
                                .startsWith(
                                        "actions.rules[2].when (vorrang.yaml line 11): action 'b': 'priorty == \"URGENT\"' line 1, column 1: undeclared reference to 'priorty'")
                                .contains("allowed is a CEL expression that is true or false, over abstained"),
                        problem -> assertThat(problem)
                                .startsWith(
                                        "actions.rules[3].when (vorrang.yaml line 12): action 'c': group by 'topik', allowed are id, thread"),
                        problem -> assertThat(problem)
                                .startsWith(
                                        "actions.rules[4].group.window (vorrang.yaml line 13) is not set: a group has a window"),
                        problem -> assertThat(problem)
                                .startsWith(
                                        "actions.rules[5].quiet-hours.from = '25:00' (vorrang.yaml line 14): allowed is a time of day"),
                        problem -> assertThat(problem)
                                .startsWith(
                                        "actions.rules[5].quiet-hours.to (vorrang.yaml line 14) is not set: quiet hours have an end"),
                        problem -> assertThat(problem)
                                .startsWith(
                                        "actions.rules[5].quiet-hours.zone = 'Berlin' (vorrang.yaml line 14): allowed is a time zone"),
                        problem -> assertThat(problem)
                                .startsWith(
                                        "actions.rules[6].escalate[0].after = '2d' (vorrang.yaml line 15): allowed is a time from"),
                        problem -> assertThat(problem)
                                .startsWith(
                                        "actions.rules[6].escalate[0].sink (vorrang.yaml line 15): there is no 'chef'"),
                        problem -> assertThat(problem)
                                .startsWith(
                                        "actions.rules[6].escalate[1].after (vorrang.yaml line 15) is not set: each step has a time"),
                        problem -> assertThat(problem)
                                .startsWith("actions.rules[7].rate.messages = '0' (vorrang.yaml line 16): allowed is"),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "actions.rules[9].name (vorrang.yaml line 18): 'b' stands twice; allowed is a name for each rule"),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "actions.rules[8].name (vorrang.yaml line 17): 'b' stands twice; allowed is a name for each rule"));
    }

    @Test
    void shouldRefuseSinksThatCannotBe() {
        assertThat(problems("""
                        ingest: {mode: external}
                        sinks:
                          - {name: dead-letters, connector: http}
                          - {name: a, connector: sms}
                          - {connector: http}
                          - {name: b, connector: http, tasks: 0}
                          - {name: b, connector: mail}
                        actions: {acknowledge: {token: short, url: vorrang}}
                        """))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem)
                                .startsWith("sinks[0].name = 'dead-letters' (vorrang.yaml line 3): allowed is"),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "sinks[1].connector = 'sms' (vorrang.yaml line 4): allowed is one of http, mail, imap, mqtt, external"),
                        problem -> assertThat(problem).startsWith("sinks[2].name (vorrang.yaml line 5) is not set"),
                        problem -> assertThat(problem).startsWith("sinks[3].tasks = '0' (vorrang.yaml line 6)"),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "sinks[4].name (vorrang.yaml line 7): 'b' stands twice; allowed is a name for each sink"),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "actions.acknowledge.token (vorrang.yaml line 8): has 5 characters; allowed are 16 or more"),
                        problem -> assertThat(problem).startsWith("actions.acknowledge.url = 'vorrang'"));
    }
}
