package dev.vorrang.scoring.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailLanguageTest {

    private static final String FRENCH =
            "Bonjour, ça sent très fort le gaz dans la cage d'escalier depuis ce matin, que devons-nous faire ?";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | Where is my order? The page has said that it is in preparation for a week.",
                "de | Wo bleibt meine Bestellung? Auf der Seite steht seit einer Woche nur, dass sie bearbeitet wird.",
                "fr | Bonjour, pourriez-vous me dire quand ma commande arrivera ? Merci d'avance.",
                "es | Buenos días, ¿podrían decirme cuándo llegará mi pedido? Muchas gracias.",
                "it | Buongiorno, vorrei sapere quando arriverà il mio ordine. Grazie mille.",
                "nl | Goedendag, kunt u mij vertellen wanneer mijn bestelling wordt geleverd? Alvast bedankt.",
                "en | Invoice 881 overdue. Invoice 881 is three weeks overdue. Please settle within ten days.",
                "en | BASKET MURDERER. MY BASKET IS DEAD. AGAIN. FORTY ITEMS, GONE, WIPED OUT. WHO DID THIS???",
                "de | Mail delivery failed. Die Adresse newsletter@kundin.example existiert nicht. Automatische Meldung.",
                "nl | Hallo, ik wil een kapotte stofzuiger terugsturen, maar hij past niet in het pakketpunt.",
                "pl | Dzień dobry, kiedy otrzymam moje zamówienie? Proszę o szybką odpowiedź."
            })
    void shouldTellTheLanguage(String language, String text) {
        assertThat(MailLanguage.of("", text)).contains(language);
        assertThat(MailLanguage.of("", text)).isEqualTo(MailLanguage.of("", text));
    }

    @Test
    void shouldTellNoneOfTooShortATextOrNumbers() {
        assertThat(MailLanguage.of("", "")).isEmpty();
        assertThat(MailLanguage.of("Invoice", "4711")).isEmpty();
        assertThat(MailLanguage.of("", "0123456789 ".repeat(50))).isEmpty();
        assertThat(MailLanguage.of("Invoice 20814", "urgent ".repeat(1_000))).isEmpty();
    }

    @Test
    void shouldAbstainInALanguageThatTheModelDoesNotKnow() {
        var policy = PriorityPolicy.of(PrioritySettings.defaults());
        var mail = Mails.mail().setSubject("Gaz").setText(FRENCH).build();
        var head = Optional.of(Mails.sure(Mails.TOPICS, "praise"));
        var german = new MailPrediction(
                head, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of("de", "en"));
        var french = new MailPrediction(
                head, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of("fr"));

        assertThat(policy.context(mail, german, 0).abstained()).isTrue();
        assertThat(policy.context(mail, german, 0).language()).isEqualTo("fr");
        assertThat(policy.judge(mail, german, 0).level()).isEqualTo(Priority.NORMAL);
        assertThat(policy.judge(mail, german, 0).reasons())
                .extracting(Reason::getText)
                .contains("language fr is none of the model's (de, en): at least NORMAL");
        assertThat(policy.context(mail, french, 0).abstained()).isFalse();
    }
}
