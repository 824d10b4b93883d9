package dev.vorrang.ingest.mail;

import java.util.regex.Pattern;

/**
 * What the subjects of automatic mail look like, in the languages that mail programs ship with. Each pattern is tied to the start of
 * the subject, so that a person's answer ("Re: Out of office") is none of them.
 */
final class AutomaticSubject {
    private static final String TAG = "^(\\[[^\\]]{1,40}\\]\\s*|[*#!]+\\s*)?";
    /** What follows a name of an answer where it is a title, and no sentence. */
    private static final String TITLE =
            "\\s*($|[:!(\\[–—-]|(auto[- ]?(reply|response|matic)|reply|response|message|notification|notice|notiz|assistant)\\b)";

    /** Titles that no person gives a mail. */
    private static final Pattern REPLY =
            compile(TAG + "\\[?(automatische (antwort|abwesenheitsnotiz|r[üu]ckantwort|e-?mail-?antwort)"
                    + "|auto-?antwort|auto(matic(ally generated)?|mated)?[- ]?(reply|response|respon[ds]er?)"
                    + "|abwesenheits(notiz|nachricht|meldung|assistent|agent|benachrichtigung|info)|yahoo! auto response"
                    + "|r[ée]ponse automatique|message d['’]absence|notification d['’]absence|avis d['’]absence"
                    + "|respuesta autom[áa]tica|contestaci[óo]n autom[áa]tica|resposta autom[áa]tica"
                    + "|risposta (automatica|non al computer|di assenza)|notifica di assenza"
                    + "|automatisch(e)? (antwoord|reactie|beantwoording)|afwezigheids(bericht|assistent|melding)"
                    + "|auto-?svar|automatisk svar|automaattinen vastaus|odpowied[źz] automatyczna|автоответ"
                    + "|away from my mail|(out of office|vacation) auto-?(reply|response)|vacation (reply|response|message)"
                    + "|your (e-?)?mail requires verification|please confirm (that you sent|your) (your )?(e-?mail|message)|challenge-response"
                    + "|bitte best[äa]tigen sie ihre (nachricht|e-?mail))\\b");

    private static final Pattern TITLED_REPLY = compile(TAG
            + "(?:auto:\\s+)?(out[- ]of[- ](the[- ])?office|absence du bureau|absent du bureau|absent du|fuera de (la )?oficina|fuori (sede|ufficio)"
            + "|assente dall['’]ufficio|niet op kantoor|afwezig)" + TITLE);

    /** "AUTO: Erika Muster is out of the office (returning 12.03.2024)" of Notes. */
    private static final Pattern NOTES = compile(
            "^(auto(matic)?:\\s.{1,100}|.{1,60}) (is|ist|est|è|est[áa]) (currently )?(out of( the)? office|(au[ßs]{1,2}er haus|nicht im (b[üu]ro|haus|office))|absent(\\(?e\\)?)? du bureau|fuori (sede|ufficio)|fuera de la oficina)( ?\\(.*| until.*| bis.*)?$");

    /** Titles that a person may give a mail too: they count where something else says that a program sent it. */
    private static final Pattern PERHAPS_REPLY = compile(
            "^(re:\\s*)?.{0,200}(\\b|\\[|\\()(auto-?(reply|response|antwort)|automatic reply|out of (the )?office|vacation|on leave|urlaub|abwesen(d|heit)|absence|assente|ausente|afwezig(heid)?)\\b");

    /** Titles of mail servers alone. */
    private static final Pattern BOUNCE = compile(
            TAG
                    + "(undeliver(able|ed)\\b|unzustellbar|returned (e-?)?mail\\b|mail delivery (fail|problem|error|status|delayed|system)"
                    + "|mail could not be delivered|message (undeliverable|not delivered|delivery (fail|notif))"
                    + "|delivery (failure|failed|status notification|has failed|unsuccess|notification: delivery has failed)|failure notice"
                    + "|(message|mail|e-mail) (could not|not) be delivered|warning: (could not send|message)|non[- ]?delivery( report| notif|:)"
                    + "|(nachricht|mail|e-mail) (ist )?(unzustellbar|nicht zustellbar|konnte nicht (zugestellt|[üu]bermittelt))"
                    + "|unable to deliver|rejected (mail|posting)|undelivered|non remis|non[- ]distribuable|[ée]chec de (la )?(remise|distribution)"
                    + "|no se (ha podido|pudo) entregar|impossibile recapitare|mancato recapito|onbestelbaar|niet[- ]bestelbaar)");

    /** What postmasters write besides; others may say the same of parcels and backups. */
    private static final Pattern POSTMASTER_BOUNCE = compile(
            TAG
                    + "(deliver|fail|non[- ]?(delivery|delivered)|ndn\\b|dsn\\b|could not|can(no|')t|user unknown|unknown user"
                    + "|address (change|not found)|reject|bounce|error|mail|message|your (message|e?-?mail)|problem|zustell|r[üu]ckl[äa]ufer"
                    + "|fehler|nicht zustellbar|nachricht|re: ?$)|(user|recipient|mailbox|address) (unknown|not (found|listed))");

    /** RFC 7489, section 7.2.1.1; RFC 8460, section 5.3. */
    private static final Pattern REPORT =
            compile("^\\[?(dmarc[^\\]]*\\]\\s*)?report domain:\\s*\\S+(;)?\\s+submitter:");

    /** Upper case as monitoring systems write it: a person's "Problem with ..." is none. */
    private static final Pattern ALARM = Pattern.compile(
            "^[^\\p{L}]{0,12}(PROBLEM|RECOVERY|ALERT|ALARM|ALARME|CRITICAL|CRIT|DOWN|UP|WARNING|FIRING|RESOLVED|OK|DISASTER|OUTAGE|STÖRUNG)\\b");

    private final String subject;

    AutomaticSubject(String subject) {
        this.subject = subject.strip();
    }

    /** Whether it is the title of an automatic reply, or of a challenge to a sender. */
    boolean isReply() {
        return REPLY.matcher(subject).find()
                || TITLED_REPLY.matcher(subject).find()
                || NOTES.matcher(subject).find();
    }

    /** Whether it may be one, should headers call the mail automatic. */
    boolean mayBeReply() {
        return PERHAPS_REPLY.matcher(subject).find();
    }

    boolean isBounce() {
        return BOUNCE.matcher(subject).find();
    }

    /** Whether it is what a postmaster's program writes of a mail that did not arrive. */
    boolean isPostmasterBounce() {
        return isBounce() || POSTMASTER_BOUNCE.matcher(subject).find();
    }

    /** Whether it is a report that machines read, about the mails of a day. */
    boolean isReport() {
        return REPORT.matcher(subject).find();
    }

    /** Whether a monitoring system wrote it. */
    boolean isAlarm() {
        return ALARM.matcher(subject).find();
    }

    private static Pattern compile(String regex) {
        return Pattern.compile(
                regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
    }
}
