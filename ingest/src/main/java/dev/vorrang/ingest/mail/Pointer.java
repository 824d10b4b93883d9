package dev.vorrang.ingest.mail;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells text that only points at something else, such as "FYI", "siehe unten" or "please see attached", from text that says something. */
final class Pointer {
    private static final int MAX_CHARACTERS = 400;
    private static final int MAX_WORDS = 25;
    /** A longer text that mentions a mail is about something else. */
    private static final int MAX_MENTION = 1_000;

    /** Since Java 19 a word ends before an umlaut unless told otherwise. */
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;

    private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern GREETING = Pattern.compile(
            "^(?:hallo|hi|hey|hello|dear|liebe[rs]?|guten (?:tag|morgen|abend)|moin|servus|sehr geehrte[rs]?|good (?:morning|afternoon)"
                    + "|bonjour|hola|ciao|buongiorno|beste|dag)\\b[^\\n]{0,60}(?:\\n|[,!]|$)",
            FLAGS);
    private static final Pattern CLOSING = Pattern.compile(
            "\\n\\s*(?:mit (?:freundlichen|besten) gr|(?:viele|beste|liebe|freundliche|schöne) gr|mfg|lg|vg|gru(?:ß|ss)|best(?: regards)?\\b"
                    + "|(?:kind |warm )?regards|cheers|thanks?\\b|thank you|danke|vielen dank|merci|gracias|grazie|cordialement|saludos|saluti|groet).*",
            FLAGS | Pattern.DOTALL);
    private static final Pattern BELOW = Pattern.compile(
            "\\b(?:see|look|read|check|mail|message|thread)?\\s*below\\b|\\bunten\\b|\\buntenstehend|\\bu\\.\\s?g\\.|\\bs\\.\\s?u\\.|\\bnachfolgend|\\bfyi\\b"
                    + "|\\bz\\.?\\s?k\\.?(?=\\s|$)|\\bzur (?:weiteren )?(?:info(?:rmation)?|kenntnis(?:nahme)?|bearbeitung|beantwortung|erledigung)\\b"
                    + "|\\bfor your (?:information|attention)\\b|\\bforward(?:ed|ing)?\\b|\\bfwd\\b|\\bweiter(?:ge)?leite(?:t|n)?\\b|\\bci-dessous\\b"
                    + "|\\bmás abajo\\b|\\bqui sotto\\b|\\bhieronder\\b|\\battached (?:e-?mail|message)\\b|\\bangehängte (?:e-?mail|nachricht)\\b"
                    + "|\\bnachstehend|\\bsiehe mail\\b|\\b(?:leite|gebe|schicke)\\b.{0,40}\\bweiter\\b|\\bpassing on\\b|\\btake over\\b"
                    + "|\\bhandle this\\b|\\bübernehmen\\b|\\bvéase abajo\\b|\\bvedi sotto\\b|\\bzie onder\\b",
            FLAGS);
    /** Words that say something about what is below: an answer, not a pointer. */
    private static final Pattern SAYS = Pattern.compile(
            "\\b(?:erledigt|danke|gelöst|läuft|passt|ok(?:ay)?|done|fixed|solved|resolved|works|thanks|thank|settled|nein|ja|yes|no|not|nicht|kein\\w*)\\b",
            FLAGS);
    /** What pointers consist of. */
    private static final Set<String> EMPTY = Set.of(
            ("a all also am an anbei and anhang anhänge anlage anlagen angehängt angehängte angehängten angehängtes anliegend anliegende"
                            + " anliegenden anliegendes as at attached attachment attachments audio beigefügt beigefügte beigefügten beiliegend below"
                            + " bild bilder bitte bitten can check ci could das datei dateien dein dem den der die dies diese diesen dieses document"
                            + " documents doku dokument dokumente e eine email en enclosed euch file files find finde finden findest for foto fotos fw fwd"
                            + " fyi für have hereby hier hiermit i ich ihr ihre ihrer ihres im image images in info information is it jpg kenntnis"
                            + " kenntnisnahme kollege kollegen könnt können könnte kümmern look mail mails me message mit my nachricht nachrichten note of"
                            + " on open our pdf photo photos picture pictures pièce please png pls re scan schau schauen schaut screenshot screenshots"
                            + " see sehen sende sending sent siehe sie that the this to u uns unten unser untenstehend untenstehende untenstehenden us"
                            + " übernehmen übernehmt und video von we weiter weiterleiten weiterleitung weitergeleitet wg word wir you your z zip zk zu zum"
                            + " zur bearbeitung team s ansehen anschauen take over handle care jointe jointes voir ci-joint joint fichier veuillez trouver"
                            + " adjunto adjuntos ver allegato allegati vedi bijlage zie bijgevoegd")
                    .split(" "));

    private Pointer() {}

    /** Whether the text says nothing by itself. An emoji or question marks alone are an answer. */
    static boolean isOnly(String text) {
        boolean answer = !text.isBlank() && !CleanText.hasWords(text);
        if (answer || text.length() > MAX_CHARACTERS) {
            return false;
        }
        String core = core(text);
        for (String word : WORDS.split(core)) {
            if (!word.isEmpty() && !EMPTY.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text points at the mail below or attached, and hardly says more. */
    static boolean isAtMail(String text) {
        if (text.length() > MAX_CHARACTERS) {
            return false;
        }
        String core = core(text);
        boolean few = WORDS.split(core).length <= MAX_WORDS;
        return isOnly(text)
                || (few && BELOW.matcher(core).find() && !SAYS.matcher(core).find());
    }

    /** Whether the text mentions the mail below or attached, whatever else it says. */
    static boolean mentionsMail(String text) {
        return text.length() <= MAX_MENTION && BELOW.matcher(text).find();
    }

    private static String core(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        String greeted = GREETING.matcher(lower).replaceFirst("");
        return CLOSING.matcher(greeted.isBlank() ? lower : greeted).replaceFirst("");
    }
}
