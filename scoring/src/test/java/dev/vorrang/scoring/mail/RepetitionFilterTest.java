package dev.vorrang.scoring.mail;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepetitionFilterTest {

    private static final int LIMIT = 4_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "!!!",
                "no no no no no no no no no no",
                "Sehr geehrte Damen und Herren, die Rechnung 20814 vom 3.5. über 1.200,00 € ist falsch!!! Bitte"
                        + " prüfen.",
                "192.168.0.1 ------------------------------ | a | b | ______________________________",
                "🔥🔥🔥 lone \ud83d surrogate \udc00"
            })
    void shouldLeaveOrdinaryTextsAsTheyAre(String text) {
        assertThat(RepetitionFilter.filter(text, LIMIT)).isSameAs(text);
    }

    @Test
    void shouldThinALongTextOfNothingButItsMostCommonWords() {
        var text = new StringBuilder();
        var rest = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            // Three letters that spell i, so that no word comes twice.
            String word = "" + (char) ('a' + i / 100) + (char) ('k' + i / 10 % 10) + (char) ('a' + i % 10);
            text.append(i % 6 == 0 ? "the " : "").append(word).append(' ');
            rest.append(i == 0 ? "the " : "").append(word).append(' ');
        }
        assertThat(RepetitionFilter.filter(text.toString(), LIMIT)).isEqualTo(rest.toString());
        assertThat(RepetitionFilter.filter(text.toString().replace("the ", ""), LIMIT))
                .hasSize(rest.length() - 4);
    }

    @Test
    void shouldKeepTheFirstOfAWordThatIsRepeatedWithoutEnd() {
        assertThat(RepetitionFilter.filter("Hello, " + "urgent ".repeat(1_000) + "bye.", LIMIT))
                .isEqualTo("Hello, urgent bye.");
        assertThat(RepetitionFilter.filter("Help" + "!".repeat(1_000) + " me", LIMIT))
                .isEqualTo("Help! me");
        assertThat(RepetitionFilter.filter("Urgent, URGENT, urgent1, urgent2, ".repeat(300) + "end", LIMIT))
                .isEqualTo("Urgent, urgent1, end");
        assertThat(RepetitionFilter.filter("🔥".repeat(200) + "x", LIMIT)).isEqualTo("🔥x");
    }

    @Test
    void shouldThinManyWordsThatTakeTurns() {
        String words =
                "now asap at once this minute very soon without any delay or else we are all lost for good my dear"
                        + " people hurry up and run";
        assertThat(RepetitionFilter.filter("Question. " + (words + " ").repeat(40), LIMIT))
                .isEqualTo("Question. " + words + " ");
    }

    @Test
    void shouldCutWordsThatNobodyWrites() {
        assertThat(RepetitionFilter.filter("a " + "urgent".repeat(500) + " b", LIMIT))
                .isEqualTo("a " + "urgent".repeat(10) + " b");
        assertThat(RepetitionFilter.filter("𝒜".repeat(100), LIMIT)).isEqualTo("𝒜".repeat(30));
    }

    @Test
    void shouldKeepNumbersApart() {
        var numbers = new StringBuilder();
        for (int i = 100; i < 200; i++) {
            numbers.append(i).append(' ');
        }
        assertThat(RepetitionFilter.filter(numbers.toString(), LIMIT)).isEqualTo(numbers.toString());
        assertThat(RepetitionFilter.filter("0 ".repeat(500), LIMIT)).isEqualTo("0 ");
    }

    @Test
    void shouldLookNoFurtherThanAModelCouldReadAfterwards() {
        String text = "word ".repeat(1 << 20) + "end";
        assertThat(RepetitionFilter.filter(text, 100)).isEqualTo("word ");
    }

    @Property
    void shouldTakeAnyTextAndMakeItNoLonger(@ForAll String text) {
        assertThat(RepetitionFilter.filter(text, LIMIT).length()).isLessThanOrEqualTo(text.length());
        assertThat(RepetitionFilter.filter(text.repeat(20), LIMIT).length()).isLessThanOrEqualTo(20 * text.length());
    }
}
