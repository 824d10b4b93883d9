package dev.vorrang.app.priority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.streams.mail.score.ShippedModel;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Reason;
import dev.vorrang.scoring.mail.PriorityDecision;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the model that ships and the default policy make of mails whose tone and content differ. */
class ShippedJudgementTest {

    private static final Draft VENTILATOR = Draft.of(
            "Ventilator",
            "Sorry to bother you, the ventilator in room 4 has been beeping since the filter change and we are bagging by hand.");
    private static final Draft PARCEL = Draft.of(
            "UNVERSCHÄMTHEIT!!!",
            "Mein Paket kam in einem eingerissenen Karton an!!! Das ist eine FRECHHEIT, ich bin stinksauer und erwarte SOFORT eine"
                    + " Antwort!!!");
    private static final Draft FIRE = Draft.of(
            "Rauch im Treppenhaus",
            "Aus dem Keller kommt Rauch ins Treppenhaus, im dritten Stock sind noch zwei Bewohner eingeschlossen.");
    private static final Draft GAS_IN_FRENCH = Draft.of(
            "Odeur de gaz",
            "Bonjour, il y a une forte odeur de gaz dans la cage d'escalier depuis une demi-heure et deux voisins ont des vertiges."
                    + " Que devons-nous faire ?");

    private static MailModel model;
    private static Moves moves;

    @BeforeAll
    static void loadTheModelThatShips() {
        model = MailModel.load(Path.of("..").resolve(ShippedModel.PATH), ModelOptions.defaults());
        moves = new Moves(model);
    }

    @AfterAll
    static void closeTheModel() {
        model.close();
    }

    static Stream<Draft> politeEmergencies() {
        return Stream.of(
                VENTILATOR,
                Draft.of(
                        "Frage zum Beatmungsgerät",
                        "Entschuldigen Sie die Störung, das Beatmungsgerät in Zimmer 4 piept seit dem Filterwechsel, und wir beatmen mit"
                                + " der Hand."));
    }

    @ParameterizedTest
    @MethodSource("politeEmergencies")
    void shouldPutAPoliteEmergencyFirst(Draft mail) {
        assertThat(judge(mail).level()).isEqualTo(Priority.URGENT);
    }

    static Stream<Draft> harmless() {
        return Stream.of(
                Draft.of(
                        "Feuer und Flamme für Ihren Grill",
                        "Wir sind Feuer und Flamme für Ihren neuen Grill! Sichern Sie sich jetzt brandheiße Angebote, nur solange der"
                                + " Vorrat reicht."),
                Draft.of(
                        "AW: NOTFALL Heizung ausgefallen",
                        "Hat sich erledigt, der Hausmeister war da und die Heizung läuft wieder. Vielen Dank."),
                Draft.of(
                        "Re: EMERGENCY gas smell",
                        "All clear, this is settled: the engineer has been, the valve is closed and nobody was hurt. No need to come"
                                + " any more, thank you."));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void shouldNotRaiseAHarmlessMailForItsAlarmingWords(Draft mail) {
        assertThat(judge(mail).level()).isIn(Priority.LOW, Priority.NORMAL);
    }

    @Test
    void shouldPutWhatIsAtStakeBeforeAnger() {
        assertThat(judge(VENTILATOR).score()).isGreaterThan(judge(PARCEL).score());
        assertThat(judge(PARCEL).level()).isIn(Priority.LOW, Priority.NORMAL);
    }

    @Test
    void shouldTellUrgencyAndStakeWithTheirWords() {
        Reason reason = judge(FIRE).reasons().get(0);

        assertThat(reason.getCode()).isEqualTo("urgency");
        assertThat(reason.getText()).contains("urgency now", "life and safety", "'rauch'");
        assertThat(reason.getParameters())
                .containsEntry("label", "now")
                .containsEntry("stake", "life")
                .extractingByKey("german")
                .asString()
                .contains("Dringlichkeit jetzt", "Leben und Sicherheit", "'rauch'");
    }

    @Test
    void shouldNotClaimToUnderstandALanguageThatIsNotOnItsCard() {
        var decision = judge(GAS_IN_FRENCH);

        assertThat(decision.level()).isNotEqualTo(Priority.LOW);
        assertThat(decision.sentences()).anySatisfy(sentence -> assertThat(sentence)
                .isEqualTo("language fr is none of the model's (en, de): at least NORMAL"));
    }

    private static PriorityDecision judge(Draft mail) {
        return moves.judge(List.of(mail)).get(0);
    }
}
