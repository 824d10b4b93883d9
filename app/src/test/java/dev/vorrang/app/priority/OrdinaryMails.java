package dev.vorrang.app.priority;

import java.util.List;

/** Mails as people write them to a company, in English and German, written for the tests; none claims to be urgent. */
final class OrdinaryMails {

    /** Mails that only ask for information: whatever they claim, they are not URGENT. */
    static final List<Draft> INFORMATION = List.of(
            Draft.of(
                    "Opening hours in December",
                    "Hello, could you tell me whether your office is open between Christmas and New Year? Thank you, Mary"),
            Draft.of(
                    "Question about the catalogue",
                    "Good morning, do you have a current catalogue of garden furniture that you could send me? Kind regards"),
            Draft.of(
                    "Compatibility of the adapter",
                    "Hi, I would like to know whether the adapter A30 also fits the older model. Where can I find the manual?"),
            Draft.of(
                    "Öffnungszeiten",
                    "Guten Tag, haben Sie samstags geöffnet, und gibt es vor dem Haus Parkplätze? Viele Grüße, Jana Weber"),
            Draft.of(
                    "Frage zu Ihrem Kursangebot",
                    "Guten Tag, ab wann kann man sich für die Kurse im Herbst anmelden, und was kosten sie? Danke im Voraus"),
            Draft.of(
                    "Bedienungsanleitung",
                    "Hallo, wo finde ich die Bedienungsanleitung für die Waschmaschine WM 20 auf Ihrer Seite? Mit freundlichen"
                            + " Grüßen"));

    /** Mails about other things. */
    static final List<Draft> OTHERS = List.of(
            Draft.of(
                    "Invoice 20814",
                    "Dear team, invoice 20814 lists the delivery twice. Please send us a corrected invoice. Regards, T. Hill"),
            Draft.of(
                    "Password for the portal",
                    "Hi, I can no longer log in to the customer portal, it says that my password has expired. Can you reset it?"),
            Draft.of(
                    "Return of order 5512",
                    "Hello, the shoes are too small and I would like to return them. How do I get a label for the parcel?"),
            Draft.of(
                    "Thank you",
                    "I just wanted to say thank you to Mr Miller, who repaired our heating so quickly and was very friendly."),
            Draft.of(
                    "Cancellation of my subscription",
                    "Please cancel my subscription at the end of the month and confirm it to me in writing. Regards, P. Jones"),
            Draft.of(
                    "Export does not work",
                    "Since the update the export to Excel stops with error 17. The other reports work. What can we do?"),
            Draft.of(
                    "Order of toner",
                    "We would like to order ten toner cartridges, type TK-310, to the usual address. Please confirm the date."),
            Draft.of(
                    "Rechnung doppelt abgebucht",
                    "Sehr geehrte Damen und Herren, die Rechnung vom Mai wurde zweimal abgebucht. Bitte prüfen Sie das."),
            Draft.of(
                    "Unzufrieden mit der Lieferung",
                    "Das Paket kam beschädigt an und auf meine Nachfrage hat niemand geantwortet. Ich bin sehr enttäuscht."),
            Draft.of(
                    "Neue Adresse",
                    "Hallo, wir sind umgezogen. Bitte liefern Sie meine Bestellung an die Lindenstraße 4 in Halle. Danke, K. Ott"),
            Draft.of(
                    "Urlaubsantrag",
                    "Hallo Frau Schulz, ich möchte vom 3. bis 14. August Urlaub nehmen. Ist das von Ihrer Seite aus möglich?"),
            Draft.of(
                    "Drucker druckt streifig",
                    "Guten Tag, der Drucker im zweiten Stock druckt seit gestern Streifen. Können Sie bei Gelegenheit vorbeikommen?"),
            Draft.of(
                    "Lob für Ihre Werkstatt",
                    "Vielen Dank für die gute Beratung und die saubere Arbeit an meinem Fahrrad. Ich empfehle Sie gern weiter."),
            Draft.of(
                    "Kündigung Vertrag 7781",
                    "Hiermit kündige ich meinen Vertrag 7781 fristgerecht zum Jahresende. Bitte bestätigen Sie die Kündigung."));

    private OrdinaryMails() {}
}
