package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.ingest.mail.ReplySplitter.Split;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplySplitterTest {
    private static final List<String> MARKS = List.of(
            "> quoted",
            ">> deeper",
            "On Monday Anna wrote:",
            "Am 1.2.2025 schrieb Anna:",
            "-----Original Message-----",
            "From: a@x",
            "Sent: Monday",
            "To: b@x",
            "Subject: c",
            "-- ",
            "--",
            "________________________________",
            "Begin forwarded message:",
            "Sent from my iPhone",
            "",
            "some words");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "On Mon, 1 Dec 2025, Anna <a@x> wrote:|> old",
                "On Mon, 1 Dec 2025 at 10:00, Anna Brook|<anna.brook@example.org> wrote:||> old|> older",
                "Am Montag, dem 1. Dezember 2025 schrieb Anna <a@x>:|> old",
                "Am 01.12.2025 um 10:00 schrieb Anna Brook|<a@x>:|> old",
                "Am 01.12.25 um 10:00 schrieb Anna:||old without marks|and more",
                "-----Original Message-----|From: Anna|old",
                "-----Ursprüngliche Nachricht-----|Von: Anna|old",
                "-------- Original-Nachricht --------|old",
                "________________________________|From: Anna|Sent: Monday|old",
                "From: Anna <a@x>|Sent: Monday|To: Ben|Subject: Question||old",
                "Von: Anna <a@x>|Gesendet: Montag|An: Ben|Betreff: Frage||old",
                "*Von:* Anna|*Gesendet:* Montag|*An:* Ben|*Betreff:* Frage||old",
                "> old"
            })
    void shouldPartNewTextFromHistory(String history) {
        Split split = split("New text.||" + history, "Re: Question");

        assertThat(split.text()).isEqualTo("New text.");
        assertThat(split.quoted()).isEqualTo(history.replace('|', '\n'));
        assertThat(split.signature()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "On Monday the machine broke. My colleague wrote:",
                "Am Montag ging nichts. Der Techniker schrieb:",
                "From: the very beginning it was loud.",
                "Von: Hamburg nach Berlin, bitte.",
                "--no, not that--",
                "We sent from my office: nothing."
            })
    void shouldNotTakeASentenceForAMark(String sentence) {
        assertThat(split("Dear team,|" + sentence, "Broken").text()).isEqualTo("Dear team,\n" + sentence);
    }

    @Test
    void shouldKeepAnswersBelowAndBetweenQuotations() {
        Split below = split("On Monday, Anna wrote:|> Does it run?||No, it does not.", "Re: x");
        assertThat(below.text()).isEqualTo("No, it does not.");
        assertThat(below.quoted()).isEqualTo("On Monday, Anna wrote:\n> Does it run?");

        Split between = split("On Monday, Anna wrote:|> Does it run?|No.|> Shall we come?|Yes.|--|Ben", "Re: x");
        assertThat(between.text()).isEqualTo("No.\nYes.");
        assertThat(between.signature()).isEqualTo("--\nBen");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---------- Forwarded message ---------|From: Tom|Sent: x|To: y|Subject: z||It is broken.",
                "-----Weitergeleitete Nachricht-----|Von: Tom||It is broken.",
                "Begin forwarded message:||> It is broken."
            })
    void shouldKeepForwardsAsText(String forward) {
        assertThat(split("See below.||" + forward, "x").text()).contains("See below.", "It is broken.");
        assertThat(split(forward, "x").text()).contains("It is broken.");
    }

    @Test
    void shouldKeepACopiedMailAsTextIfTheSubjectSaysForward() {
        String copied = "From: Anna|Sent: Monday|To: Ben|Subject: x||It is broken.";
        assertThat(split("FYI||" + copied, "WG: x").text()).contains("It is broken.");
        assertThat(split("FYI||" + copied, "AW: x").text()).isEqualTo("FYI");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "> only|> quoted",
                "-- |Anna Brook",
                "On Monday, Anna wrote:|> Hello",
                "-----Original Message-----|Hello"
            })
    void shouldNotLeaveTheTextEmptyWhereThereAreWords(String whole) {
        assertThat(split(whole, "Re: x").text()).containsPattern("Hello|quoted|Anna");
    }

    @Test
    void shouldKeepTextsOfCandidatesWhole() {
        // Each line of these is a candidate: costly, were the number of those looked into not bounded.
        for (String line :
                List.of("wrote ".repeat(65), "Max <max@example.org>:", "Von: a\nAn: b\nDatum: c", "a@".repeat(195))) {
            String whole = (line + "\n").repeat(400_000 / line.length());

            assertThat(ReplySplitter.split(whole, "x", false, false).text()).isEqualTo(whole.strip());
        }
    }

    @Test
    void shouldTellMobileSignatures() {
        for (String signature :
                List.of("Sent from my iPhone", "Von meinem iPhone gesendet", "Gesendet mit der GMX Mail App")) {
            assertThat(split("Please call.||" + signature, "x")).isEqualTo(new Split("Please call.", "", signature));
        }
    }

    @Property
    void shouldPutEveryLineInExactlyOnePart(@ForAll("texts") String whole) {
        Split split = ReplySplitter.split(whole, "Re: x", true, false);

        assertThat(sortedLines(split.text() + "\n" + split.quoted() + "\n" + split.signature()))
                .isEqualTo(sortedLines(whole));
        assertThat(CleanText.hasWords(split.text())).isEqualTo(CleanText.hasWords(whole));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(MARKS).list().ofMaxSize(25).map(lines -> String.join("\n", lines));
    }

    private static List<String> sortedLines(String text) {
        return Arrays.stream(text.split("\n"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();
    }

    private static Split split(String whole, String subject) {
        return ReplySplitter.split(whole.replace('|', '\n'), subject, false, false);
    }
}
