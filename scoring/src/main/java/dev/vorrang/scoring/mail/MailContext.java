package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.Attachment;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.scoring.rule.Conditions;
import dev.vorrang.scoring.rule.Fields;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What rules and routes may ask about one mail.
 *
 * @param mail the mail
 * @param topic what it is about
 * @param sentiment how its writer feels
 * @param urgency how soon it must be looked at
 * @param stake what is at stake
 * @param language ISO 639-1, empty if it cannot be told
 * @param abstained whether the model is below its confidence threshold
 * @param repeats mails of this thread that came before it, 0 or more
 * @param vip whether its sender is a VIP
 * @param priority for routes; rules come before there is one
 */
public record MailContext(
        EmailMessage mail,
        Classification topic,
        Classification sentiment,
        Classification urgency,
        Classification stake,
        String language,
        boolean abstained,
        int repeats,
        boolean vip,
        Optional<PriorityDecision> priority) {

    private static final Fields<Attachment> ATTACHMENT = Fields.<Attachment>named("Attachment")
            .text("name", "file name", attachment -> attachment.getName() == null ? "" : attachment.getName())
            .text("type", "media type", Attachment::getType)
            .count("size", "bytes", Attachment::getSize)
            .text("sha256", "hash of the content", Attachment::getSha256)
            .build();

    private static final Fields<EmailMessage> MAIL = Fields.<EmailMessage>named("Mail")
            .text("id", "as in the record", EmailMessage::getId)
            .text("thread", "as in the record", EmailMessage::getThread)
            .text("source", "as in the record", EmailMessage::getSource)
            .text(
                    "sender",
                    "first From address; empty if there is none. Senders are easy to forge.",
                    MailContext::sender)
            .texts("from", "addresses, never display names", mail -> addresses(mail.getFrom()))
            .texts("to", "addresses", mail -> addresses(mail.getTo()))
            .texts("cc", "addresses", mail -> addresses(mail.getCc()))
            .texts("replyTo", "addresses", mail -> addresses(mail.getReplyTo()))
            .texts(
                    "deliveredTo",
                    "addresses it was delivered to, including plus addresses:"
                            + " `mail.deliveredTo.exists(a, a.startsWith(\"support+billing@\"))`",
                    EmailMessage::getDeliveredTo)
            .text("subject", "text of the sender, who can therefore influence rules on it", EmailMessage::getSubject)
            .text("text", "text of the sender, without what it quotes", EmailMessage::getText)
            .flag("textTruncated", "whether the text was cut", EmailMessage::getTextTruncated)
            .structs(
                    "attachments",
                    "each with `name`, `type`, `size` (bytes), `sha256`",
                    ATTACHMENT,
                    EmailMessage::getAttachments)
            .text(
                    "automatic",
                    "`NONE`, `AUTO_REPLY`, `LIST`, `BULK`, `BOUNCE` or `NOTIFICATION`",
                    mail -> mail.getAutomatic().name())
            .texts("flags", "warnings, such as `mixed_script_domain`", EmailMessage::getFlags)
            .text(
                    "parseStatus",
                    "`OK`, `LIMIT`, `DAMAGED` or `UNREAD`: encrypted, an image, an attachment alone",
                    mail -> mail.getParseStatus().name())
            .texts("parseNotes", "what was cut or not read, with the reason", EmailMessage::getParseNotes)
            .time("receivedAt", "`mail.receivedAt.getHours(\"Europe/Berlin\")`", EmailMessage::getReceivedAt)
            .count("size", "bytes", EmailMessage::getSize)
            .build();

    private static final Fields<MailContext> SCORE = scoreFields();

    private static final Fields<MailContext> RULE_VARIABLES = Fields.<MailContext>named("rules")
            .struct("mail", MAIL, MailContext::mail)
            .struct("score", SCORE, context -> context)
            .text("language", "language of the mail (ISO 639-1); empty if it cannot be told", MailContext::language)
            .flag("abstained", "whether the model abstains", MailContext::abstained)
            .count("repeats", "earlier mails of the thread", MailContext::repeats)
            .flag("vip", "whether the sender is a VIP", MailContext::vip)
            .build();

    /** What routes may ask. */
    public static final Fields<MailContext> ROUTE_VARIABLES = Fields.<MailContext>named("routes")
            .all(RULE_VARIABLES)
            .text(
                    "priority",
                    "routes only: `LOW`, `NORMAL`, `HIGH` or `URGENT`",
                    context -> context.priority.orElseThrow().level().name())
            .number("priorityScore", "routes only: 0 to 1", context -> context.priority
                    .orElseThrow()
                    .score())
            .build();

    /** Conditions of the rules of the priority policy: before there is a priority. */
    public static final Conditions<MailContext> RULES = Conditions.over(RULE_VARIABLES, MailContext::subject);

    /** Conditions of routes: with the priority. */
    public static final Conditions<MailContext> ROUTES = Conditions.over(ROUTE_VARIABLES, MailContext::subject);

    public MailContext {
        Objects.requireNonNull(mail, "mail");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(sentiment, "sentiment");
        Objects.requireNonNull(urgency, "urgency");
        Objects.requireNonNull(stake, "stake");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(priority, "priority");
    }

    /** The same for routes. */
    MailContext withPriority(PriorityDecision decision) {
        return new MailContext(
                mail, topic, sentiment, urgency, stake, language, abstained, repeats, vip, Optional.of(decision));
    }

    private static Fields<MailContext> scoreFields() {
        var fields = Fields.<MailContext>named("Score");
        head(fields, "topic", "topics", MailContext::topic)
                .number("topicConfidence", "its probability", context -> context.topic.confidence());
        head(fields, "sentiment", "sentiments", MailContext::sentiment)
                .number("sentimentConfidence", "its probability", context -> context.sentiment.confidence());
        head(fields, "urgency", "urgencies", MailContext::urgency);
        head(fields, "stake", "stakes", MailContext::stake);
        return fields.build();
    }

    private static Fields.Builder<MailContext> head(
            Fields.Builder<MailContext> fields,
            String label,
            String labels,
            Function<MailContext, Classification> head) {
        Function<MailContext, String> best = context -> head.apply(context).label();
        return fields.text(label, "most probable label; empty if the model has no such head", best)
                .numbers(labels, "label to probability", context -> head.apply(context)
                        .probabilities());
    }

    private String subject() {
        return "mail " + mail.getId();
    }

    private static String sender(EmailMessage mail) {
        return mail.getFrom().isEmpty() ? "" : mail.getFrom().get(0).getAddress();
    }

    private static List<String> addresses(List<Address> addresses) {
        // Most of a mail's lists are empty.
        return addresses.isEmpty()
                ? List.of()
                : addresses.stream().map(Address::getAddress).toList();
    }
}
