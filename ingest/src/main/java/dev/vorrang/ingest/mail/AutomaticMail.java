package dev.vorrang.ingest.mail;

import dev.vorrang.schemas.Automatic;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells mail that a program sent from mail that a person wrote: by header fields and the kind of report, and by the subject where
 * these say nothing. A list or {@code Precedence} alone says nothing of the kind: a person's mail to a support address that is a
 * group carries both.
 */
final class AutomaticMail {
    /** Fields that only answering programs set, with the value that means nothing, if there is one. */
    private static final List<String> ANSWERING_FIELDS = List.of(
            "x-autoreply",
            "x-autoreply-from",
            "x-autorespond",
            "x-autoresponder",
            "x-auto-reply",
            "x-mail-autoreply",
            "x-vacation",
            "x-away");

    private static final List<String> CAMPAIGN_FIELDS =
            List.of("feedback-id", "list-unsubscribe-post", "x-campaign", "x-campaign-id", "x-csa-complaints");
    private static final List<String> NOTICE_FIELDS =
            List.of("x-github-reason", "x-gitlab-project", "x-jira-fingerprint", "x-cron-env");
    private static final Set<String> NEGATIVE = Set.of("", "no", "false", "0", "none");

    private static final Pattern DAEMON =
            Pattern.compile("\\b(mailer[-_. ]?daemon|mail[-_. ]daemon|mmdf|mdaemon)\\b|\\bmail delivery (sub)?system\\b"
                    + "|\\bmail administrator\\b|\\bmail(er)? delivery service\\b");
    private static final Pattern POSTMASTER = Pattern.compile(
            "\\b(post[-_]?master|postmeister|mailmaster|mail-?admin|system administrator|internet mail (delivery|service)"
                    + "|microsoft (exchange|outlook)|mail-?server|mail ?gateway|mta|non-?delivery)\\b");
    private static final Pattern SERVER = Pattern.compile(
            "(?<![a-z])(administrator|admin|bounces?|nobody|daemon|root|(sub)?system|noreply|no-reply|gateways?|mail[ _-]service)(?![a-z])");
    private static final Pattern MACHINE =
            Pattern.compile("(^|[\\s<\"])(no[-_.]?reply|do[-_.]?not[-_.]?reply|notifications?|alerts?"
                    + "|alarms?|monitor(ing)?|nagios|icinga|zabbix|root|cron|grafana|alertmanager)(\\+[^@]*)?@");

    private final Part root;
    private final byte[] bytes;
    private final HeaderBlock headers;
    private final AutomaticSubject subject;
    private final String from;
    private final String autoSubmitted;
    private final String precedence;
    private final boolean nullPath;

    private AutomaticMail(Part root, byte[] bytes, String subject) {
        this.root = root;
        this.bytes = bytes;
        this.headers = root.headers();
        this.subject = new AutomaticSubject(subject);
        this.from = headers.first("from").orElse("").toLowerCase(Locale.ROOT);
        this.autoSubmitted = word("auto-submitted");
        this.precedence = word("precedence");
        this.nullPath = headers.first("return-path")
                .map(path -> path.replace(" ", "").equals("<>"))
                .orElse(false);
    }

    /**
     * The kind of automatic mail: delivery reports (RFC 3464), replies (RFC 3834 and what came before it), newsletters, and notices
     * such as alarms. The first that applies counts, because a vacation notice to a list carries the list's fields too.
     *
     * @param bytes the raw mail that the part lies in
     * @param subject decoded
     */
    static Automatic kind(Part root, byte[] bytes, String subject) {
        return new AutomaticMail(root, bytes, subject).kind();
    }

    private Automatic kind() {
        return switch (MailReport.of(root, bytes)) {
            case DELIVERY_FAILURE -> Automatic.BOUNCE;
            case RECEIPT -> Automatic.AUTO_REPLY;
            case OTHER -> Automatic.NOTIFICATION;
            case NONE -> kindWithoutReport();
        };
    }

    private Automatic kindWithoutReport() {
        if (headers.first("x-failed-recipients").isPresent() || isFromMailServer() && !subject.isReply()) {
            return Automatic.BOUNCE;
        }
        if (isReply()) {
            return Automatic.AUTO_REPLY;
        }
        if (subject.isReport()) {
            return Automatic.NOTIFICATION;
        }
        if (nullPath && !subject.isAlarm() || subject.isBounce() && isGenerated()) {
            return Automatic.BOUNCE;
        }
        if (isNewsletter()) {
            return headers.first("list-id").isPresent() ? Automatic.LIST : Automatic.BULK;
        }
        return isNotice() ? Automatic.NOTIFICATION : Automatic.NONE;
    }

    private boolean isDaemon() {
        return DAEMON.matcher(from).find()
                || DAEMON.matcher(headers.first("return-path").orElse("").toLowerCase(Locale.ROOT))
                        .find()
                || from.replace(" ", "").endsWith("<>");
    }

    private boolean isFromMailServer() {
        return isDaemon()
                || subject.isPostmasterBounce() && POSTMASTER.matcher(from).find()
                || subject.isBounce() && SERVER.matcher(from).find();
    }

    private boolean isReply() {
        if (autoSubmitted.equals("auto-replied")
                || precedence.equals("auto_reply")
                || word("x-precedence").equals("auto_reply")
                || word("x-autogenerated").equals("reply")
                || word("x-apple-action").equals("vacation")
                || word("x-fc-machinegenerated").equals("true")
                || word("delivered-to").equals("autoresponder")
                || headers.first("x-post-messageclass")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .contains("autoresponder")
                || word("x-mailer").equals("vacation")) {
            return true;
        }
        if (ANSWERING_FIELDS.stream()
                .anyMatch(name -> headers.first(name).isPresent() && !NEGATIVE.contains(word(name)))) {
            return true;
        }
        return subject.isReply() || subject.mayBeReply() && (nullPath || isGenerated() || isSuppressed());
    }

    /** Whether anything says that a program sent it. */
    private boolean isGenerated() {
        return !NEGATIVE.contains(autoSubmitted) || isBulk();
    }

    private boolean isBulk() {
        return precedence.equals("bulk") || precedence.equals("junk");
    }

    /** Every Exchange server sets it on its own replies, and some programs on every mail: it says nothing alone. */
    private boolean isSuppressed() {
        return headers.first("x-auto-response-suppress").isPresent();
    }

    /** One-way mail to many. What was sent to a list that takes answers is a person's, whatever the list adds to it. */
    private boolean isNewsletter() {
        if (isDiscussion() || subject.isAlarm() || hasAny(NOTICE_FIELDS)) {
            return false;
        }
        String unsubscribe = headers.first("list-unsubscribe").orElse("").toLowerCase(Locale.ROOT);
        return !unsubscribe.isEmpty()
                && (isBulk()
                        || !precedence.isEmpty()
                        || unsubscribe.contains("<http")
                        || headers.first("list-id").isPresent()
                        || hasAny(CAMPAIGN_FIELDS));
    }

    private boolean isDiscussion() {
        String post = word("list-post");
        return !post.isEmpty() && !post.equals("no")
                || headers.first("mailing-list").isPresent()
                || headers.first("x-original-sender").isPresent();
    }

    private boolean isNotice() {
        boolean fromProgram = MACHINE.matcher(from).find();
        return !NEGATIVE.contains(autoSubmitted)
                || hasAny(NOTICE_FIELDS)
                || (isBulk() || isSuppressed()) && (fromProgram || subject.isAlarm());
    }

    private boolean hasAny(List<String> names) {
        return names.stream().anyMatch(name -> headers.first(name).isPresent());
    }

    /** The first word of a field in lower case, without parameters and comments; empty if there is none. */
    private String word(String name) {
        String value = headers.first(name).orElse("").strip().toLowerCase(Locale.ROOT);
        int end = 0;
        while (end < value.length() && " \t;(".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        return value.substring(0, end);
    }
}
