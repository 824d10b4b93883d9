package dev.vorrang.training.mail;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The triage corpus keeps to its guidelines, as far as a program can tell. */
class TriageCorpusTest {

    private static final Path CORPUS = Path.of("corpus");
    /** A line of the guidelines' table of labels, such as {@code | `now` | ...}. */
    private static final Pattern LABEL = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

    private static final Map<String, Set<String>> VALUES = Map.of(
            "language", Set.of("en", "de", "fr", "es", "it", "nl"),
            "sentiment", Set.of("negative", "neutral", "positive"),
            "settled", Set.of("yes", "no"),
            "author", Set.of("person", "machine"),
            "part", Set.of("train", "holdout"));

    private static List<NamedCsvRecord> mails;

    @BeforeAll
    static void read() throws IOException {
        mails = new ArrayList<>();
        try (var files = Files.newDirectoryStream(CORPUS.resolve("mails"), "*.csv")) {
            for (var file : files) {
                try (var rows = CsvReader.builder().ofNamedCsvRecord(file)) {
                    rows.forEach(mails::add);
                }
            }
        }
    }

    @Test
    void shouldHoldMailsWithLabelsOfTheGuidelines() throws IOException {
        var urgency = section("Urgency");
        var stake = section("Stake");
        assertThat(urgency).containsExactlyInAnyOrder("now", "today", "soon", "none");
        assertThat(stake).hasSize(9);

        assertThat(mails).isNotEmpty().allSatisfy(mail -> {
            VALUES.forEach((column, allowed) ->
                    assertThat(mail.getField(column)).as(column).isIn(allowed));
            assertThat(mail.getField("urgency")).isIn(urgency);
            assertThat(mail.getField("stake")).isIn(stake);
            assertThat(mail.getField("body")).isNotBlank();
            assertThat(mail.getField("why")).isNotBlank();
            assertThat(mail.getField("id"))
                    .matches(Pattern.quote(mail.getField("scenario")) + "-[a-z]")
                    .startsWith(mail.getField("industry"));
        });
    }

    @Test
    void shouldCallNothingUrgentThatIsSettledOrHasNothingAtStake() {
        assertThat(mails)
                .filteredOn(mail -> Set.of("now", "today").contains(mail.getField("urgency")))
                .allSatisfy(mail -> {
                    assertThat(mail.getField("settled")).isEqualTo("no");
                    assertThat(mail.getField("stake")).isNotEqualTo("nothing");
                });
    }

    @Test
    void shouldHoldEachMailOnce() {
        for (var column : List.of("id", "body")) {
            var seen = new HashSet<String>();
            assertThat(mails)
                    .allMatch(mail -> seen.add(mail.getField(column)), "another " + column + " than the others");
        }
    }

    /** Mails of one scenario share facts, so what is judged on one must not have been learned from another. */
    @Test
    void shouldHoldOutWholeScenarios() {
        var parts = mails.stream()
                .collect(groupingBy(
                        mail -> mail.getField("scenario"),
                        Collectors.mapping(mail -> mail.getField("part"), Collectors.toSet())));
        assertThat(parts.values()).allMatch(part -> part.size() == 1);
        double heldOut =
                parts.values().stream().filter(Set.of("holdout")::equals).count();
        assertThat(heldOut / parts.size()).isBetween(.15, .25);
    }

    @Test
    void shouldHoldContrastsWithinScenarios() {
        var urgencies = mails.stream()
                .collect(groupingBy(
                        mail -> mail.getField("scenario"),
                        Collectors.mapping(mail -> mail.getField("urgency"), Collectors.toSet())));
        assertThat(urgencies)
                .allSatisfy((scenario, labels) -> assertThat(labels.size()).isGreaterThan(1));
    }

    @Test
    void shouldHoldEnglishAndGermanInEqualParts() {
        var languages = mails.stream().collect(groupingBy(mail -> mail.getField("language"), counting()));
        assertThat((double) languages.get("en") / languages.get("de")).isBetween(.95, 1.05);
    }

    private static Set<String> section(String title) throws IOException {
        var guidelines = Files.readString(CORPUS.resolve("GUIDELINES.md"));
        var section = Stream.of(guidelines.split("(?m)^## "))
                .filter(text -> text.startsWith(title + "\n"))
                .findFirst()
                .orElseThrow();
        return LABEL.matcher(section).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }
}
