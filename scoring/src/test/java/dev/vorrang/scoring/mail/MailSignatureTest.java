package dev.vorrang.scoring.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.text.Resemblance;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailSignatureTest {

    private static final String SUBJECT = "VPN does not connect";
    private static final String TEXT =
            "since this morning nobody at our branch in Leeds can reach the order system, the window says error 4711"
                    + " and closes again. We cannot print delivery notes and two lorries are waiting at the gate.";

    @Test
    void shouldStayTheSame() {
        assertThat(MailSignature.of(SUBJECT, TEXT))
                .startsWith(51_475_061, 70_127_203)
                .hasSize(Resemblance.SIZE)
                .isSorted();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ticket number | [#88213] VPN does not connect | Ref. 2026-03-A77: %s",
                "greeting and name | VPN does not connect | Hello Mrs O'Neill, %s Best regards Marco Bellini",
                "answer | Re: AW: VPN does not connect | > %s",
                "sentence | VPN does not connect | Could you please look into this today? %s",
                "capitals | vpn DOES NOT connect! | %s"
            })
    void shouldFindEditedCopies(String edit, String subject, String text) {
        var copy = MailSignature.of(subject, text.formatted(TEXT.replace("4711", "1234")));

        assertThat(Resemblance.of(MailSignature.of(SUBJECT, TEXT), copy))
                .as(edit)
                .isGreaterThanOrEqualTo(Resemblance.NEAR_DUPLICATE);
    }

    @Test
    void shouldTellMailsAboutTheSameApart() {
        var other = MailSignature.of(
                "No access to the order system",
                "our branch in Leeds has had no VPN since this morning. Delivery notes do not print, the lorries wait.");

        assertThat(Resemblance.of(MailSignature.of(SUBJECT, TEXT), other)).isLessThan(0.2);
    }

    @Test
    void shouldNotCountCaseAccentsAndTheirForm() {
        var text = "Die Kühlzelle im Lager läuft nicht, bitte prüfen Sie die Anlage über Nacht";

        assertThat(MailSignature.of("", Normalizer.normalize(text, Normalizer.Form.NFD)))
                .isEqualTo(MailSignature.of("", text))
                .isEqualTo(MailSignature.of("", text.toUpperCase(Locale.ROOT)))
                .isNotEmpty();
    }

    @Test
    void shouldTakeEachCharacterForAWordWhereNoSpacesAreWritten() {
        var mail = MailSignature.of("", "冷蔵庫が動きません。至急確認をお願いします。");
        var copy = MailSignature.of("", "田中様 冷蔵庫が動きません。至急確認をお願いします。");

        assertThat(Resemblance.of(mail, copy)).isGreaterThan(Resemblance.NEAR_DUPLICATE);
    }

    @ParameterizedTest
    @CsvSource({"Rechnung 4711, siehe Anhang", "'', ''", "12, 34 56 78 90", "👍, 👍 👍 👍 👍"})
    void shouldHaveNoneForMailsOfFewWords(String subject, String text) {
        assertThat(MailSignature.of(subject, text)).isEmpty();
    }

    @Test
    void shouldCompareShortMailsByAllOfTheirWords() {
        assertThat(Resemblance.of(
                        MailSignature.of("Störung", "Internet geht nicht"),
                        MailSignature.of("Störung", "Internet geht wieder nicht")))
                .isEqualTo(2 / 5.0);
    }

    @Property
    void shouldTakeAnyText(@ForAll String subject, @ForAll String text) {
        List<Integer> signature = MailSignature.of(subject, text);

        assertThat(signature).isSorted().doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(Resemblance.SIZE);
        assertThat(Resemblance.of(signature, signature)).isEqualTo(signature.isEmpty() ? 0 : 1);
    }
}
