package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.Reason;
import java.util.Locale;
import java.util.Map;

/** The codes of the reasons for a mail's priority. A code and the names of its parameters never change their meaning. */
public enum MailReason {
    URGENCY(
            "How soon harm comes of the mail, and what is at stake, as the model sees it. `label`, `confidence`, `now` (probability of"
                    + " an emergency), `stake` and `stakeConfidence` (empty if the model knows no stakes), `words` that speak for it (separated"
                    + " by commas), `german`: the text in German, `effect`."),
    TOPIC("The topic raised the score. `label`, `confidence` (0 to 1), `effect` on the score."),
    NO_TOPIC("The model has no topic head. `effect`."),
    SENTIMENT("The sentiment moved the score. `label`, `confidence`, `effect`."),
    MODEL_PRIORITY("The model's own priority moved the score. `label`, `confidence`, `effect`."),
    THREAD("Earlier mails of the thread raised the score. `number` of the mail in its thread, `effect`."),
    VIP_SENDER("The sender is a VIP. `effect`."),
    AUTOMATIC("The mail is automatic. `kind` as in the field `automatic`, `effect`."),
    RULE("A rule added its weight. `rule`, `reason` as in the settings, `effect`."),
    RULE_SET("A rule fixed the score. `rule`, `reason`, `score`."),
    RULE_SKIPPED("A rule failed on the mail. `rule`, `error`."),
    MODEL_UNSURE("The model abstained. `minimum`: the lowest level the mail then has."),
    FOREIGN_LANGUAGE("The model does not know the mail's language. `language`, `known` languages, `minimum`."),
    CONTENT_UNREAD("The content could not be read. `notes`, `minimum`."),
    NO_CONTENT("The mail has neither subject nor text. `minimum`."),
    LARGE_MODEL_MISSING(
            "The small model of a cascade was unsure, and its answer stands because the large one did not answer. `model`: name and"
                    + " version of the large one, `cause`: FAILED, SLOW or LEFT_OUT (after failures), `german`: the text in German.");

    private final String doc;

    MailReason(String doc) {
        this.doc = doc;
    }

    /** As it stands in {@link Reason}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it means and its parameters, in Markdown. */
    public String doc() {
        return doc;
    }

    Reason of(String text, Map<String, String> parameters) {
        return new Reason(code(), parameters, text);
    }
}
