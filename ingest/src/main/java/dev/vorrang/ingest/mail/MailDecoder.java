package dev.vorrang.ingest.mail;

import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.Automatic;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.TextOrigin;
import jakarta.mail.internet.MailDateFormat;
import java.text.ParsePosition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decodes mails (RFC 5322, MIME) to records. {@link #decode} returns a record for any bytes and never throws; what could not be read is
 * left out and named in the record's notes.
 *
 * <p>The structure is read by own code that copies nothing and keeps to the {@link DecoderLimits}; transfer encodings, addresses and
 * dates are read by Angus Mail, all in its lenient modes, which are chosen by constructors and arguments: no system
 * property is set. HTML is read by jsoup. Nothing in a mail is fetched, opened, inflated or evaluated.
 *
 * <p>Memory: a few times the text limit, besides the raw mail. Thread-safe, without state of its own.
 */
public final class MailDecoder {
    private static final int MAX_SUBJECT = 2_000;
    private static final int MAX_ID = 500;
    private static final int MAX_DATE = 200;
    private static final int MAX_DELIVERED_TO = 20;
    private static final List<String> DELIVERED_TO =
            List.of("delivered-to", "x-delivered-to", "x-original-to", "x-envelope-to", "envelope-to");
    private static final Duration MAX_AHEAD = Duration.ofDays(1);

    /** Cloned for each use, because it is not thread-safe and slow to make. */
    private static final MailDateFormat DATES = new MailDateFormat();

    private final DecoderLimits limits;
    private final Clock clock;
    private final LongSupplier cpuNanos;

    /**
     * A decoder. The first one in a JVM takes some 0.3 s, in which it warms up.
     *
     * @param limits how much of a mail it reads
     * @param clock what time it is, for records; the time limit goes by the thread's CPU time
     */
    public MailDecoder(DecoderLimits limits, Clock clock) {
        this(limits, clock, ThreadCpuTime::nanos);
        WarmUp.ensure();
    }

    /** For tests and for warming up, without warming up. */
    MailDecoder(DecoderLimits limits, Clock clock, LongSupplier cpuNanos) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.cpuNanos = Objects.requireNonNull(cpuNanos, "cpuNanos");
    }

    /** Decodes a mail; whatever bytes it has, a record comes back. */
    public EmailMessage decode(RawMail mail) {
        Findings findings = new Findings(limits, cpuNanos);
        EmailMessage.Builder record = EmailMessage.newBuilder();
        String id = MailId.of(mail);
        Instant receivedAt = receivedAt(mail);
        record.setId(id)
                .setThread(id)
                .setSource(CleanText.oneLine(mail.source()))
                .setReceivedAt(receivedAt)
                .setSize(mail.size());
        findings.add(mail.status(), mail.notes());
        try {
            fill(record, mail.bytes(), findings);
        } catch (RuntimeException | StackOverflowError e) {
            // The limits are there to prevent this; should one fail, the mail still goes its way with what was read
            // before.
            findings.damaged("decoding stopped: " + e);
        }
        return record.setParseStatus(findings.status())
                .setParseNotes(findings.notes())
                .setFlags(findings.flags())
                .build();
    }

    /** The whole text before history and signature are parted from it, for comparison with other decoders. */
    String wholeText(RawMail mail) {
        Findings findings = new Findings(limits, cpuNanos);
        Part root = new MimeStructure(mail.bytes(), limits, findings).read();
        return new MailBody(mail.bytes(), root, limits, findings).read();
    }

    private void fill(EmailMessage.Builder record, byte[] bytes, Findings findings) {
        Part root = new MimeStructure(bytes, limits, findings).read();
        if (root.headers().isEmpty()) {
            findings.damaged("no header fields: perhaps not a mail");
        }
        root.headers().readRawBytesAs(root.textCharset());
        fillHeaders(record, root, bytes, findings);
        fillBody(record, root, bytes, findings);
    }

    private void fillHeaders(EmailMessage.Builder record, Part root, byte[] bytes, Findings findings) {
        HeaderBlock headers = root.headers();
        String subject =
                CleanText.oneLine(EncodedWords.decode(headers.first("subject").orElse("")));
        if (subject.length() > MAX_SUBJECT) {
            findings.limit("subject longer than " + MAX_SUBJECT + " characters: cut");
        }
        record.setSubject(CleanText.cut(subject, MAX_SUBJECT));
        Addresses addresses = new Addresses(findings);
        List<Address> from = addresses.parse(headers.all("from"));
        if (from.size() > 1 || headers.all("from").size() > 1) {
            findings.flag("multiple_from");
        }
        if (from.stream().anyMatch(MailDecoder::looksLikeAnother)) {
            findings.flag("display_name_is_address");
        }
        record.setFrom(from)
                .setTo(addresses.parse(headers.all("to")))
                .setCc(addresses.parse(headers.all("cc")))
                .setReplyTo(addresses.parse(headers.all("reply-to")))
                .setDeliveredTo(deliveredTo(headers, addresses));
        Optional<String> messageId = headers.first("message-id").flatMap(MailDecoder::firstId);
        record.setMessageId(messageId.orElse(null));
        headers.first("references")
                .flatMap(MailDecoder::firstId)
                .or(() -> headers.first("in-reply-to").flatMap(MailDecoder::firstId))
                .or(() -> messageId)
                .ifPresent(record::setThread);
        record.setSentAt(headers.first("date")
                .flatMap(date -> sentAt(date, record.getReceivedAt()))
                .orElse(null));
        record.setAutomatic(AutomaticMail.kind(root, bytes, record.getSubject()));
    }

    private void fillBody(EmailMessage.Builder record, Part root, byte[] bytes, Findings findings) {
        MailBody body = new MailBody(bytes, root, limits, findings);
        String whole = body.read();
        ReplySplitter.Split split = ReplySplitter.split(
                whole, record.getSubject(), answers(root.headers()), body.origin() == TextOrigin.HTML);
        if (record.getAutomatic() != Automatic.BOUNCE) {
            split = whatCounts(split, body, findings);
        }
        int most = limits.textCharacters();
        boolean cut =
                body.isCut() || split.text().length() > most || split.quoted().length() > most;
        if (cut) {
            findings.limit("text longer than " + most + " characters: cut");
        }
        record.setText(CleanText.cut(split.text(), most))
                .setQuoted(nullIfEmpty(CleanText.cut(split.quoted(), most)))
                .setSignature(nullIfEmpty(CleanText.cut(split.signature(), most)))
                .setTextTruncated(cut)
                .setTextOrigin(body.origin())
                .setAttachments(body.attachments());
    }

    /** Text that only points elsewhere is followed: to attached mails, to the mail below; else it is reported. */
    private static ReplySplitter.Split whatCounts(ReplySplitter.Split split, MailBody body, Findings findings) {
        String text = split.text();
        if (Pointer.isAtMail(text)) {
            String attached = text.isEmpty() ? "" : body.attachedMails();
            if (CleanText.hasWords(attached)) {
                return new ReplySplitter.Split(text + "\n\n" + attached, split.quoted(), split.signature());
            }
            if (CleanText.hasWords(split.quoted())) {
                findings.note("the text only points at the mail below it, which is taken for text, too");
                return new ReplySplitter.Split((text + "\n\n" + split.quoted()).strip(), "", split.signature());
            }
        }
        String elsewhere = body.otherContent();
        if (!elsewhere.isEmpty() && !CleanText.hasWords(split.quoted())) {
            if (!CleanText.hasWords(text)) {
                findings.unread("no text; the content is in " + elsewhere + ", which is not read");
            } else if (Pointer.isOnly(text)) {
                findings.unread("the text only points at " + elsewhere + ", which is not read");
            }
        }
        return split;
    }

    /** Never later than now, so that a wrong clock elsewhere cannot move the time of a stream; now if it is not after 1970. */
    private Instant receivedAt(RawMail mail) {
        Instant now = clock.instant();
        Instant received = mail.receivedAt();
        return received == null || received.isAfter(now) || !received.isAfter(Instant.EPOCH) ? now : received;
    }

    private static Optional<Instant> sentAt(String header, Instant receivedAt) {
        Date date = DATES.clone().parse(CleanText.cut(header, MAX_DATE), new ParsePosition(0));
        return Optional.ofNullable(date)
                .map(Date::toInstant)
                .filter(sent -> !sent.isBefore(Instant.EPOCH) && !sent.isAfter(receivedAt.plus(MAX_AHEAD)));
    }

    /** To whom the servers on its way delivered it, the last one first: each writes its field above those that are there. */
    private static List<String> deliveredTo(HeaderBlock headers, Addresses addresses) {
        return DELIVERED_TO.stream()
                .flatMap(name -> addresses.parse(headers.all(name)).stream())
                .map(Address::getAddress)
                .distinct()
                .limit(MAX_DELIVERED_TO)
                .toList();
    }

    /**
     * The first message id in a field, without its brackets. Without brackets only a word with an at sign is one: "Your message of
     * Monday" (RFC 822 allowed it) would put mails of all the world in one thread.
     */
    private static Optional<String> firstId(String field) {
        int open = field.indexOf('<');
        int close = field.indexOf('>', open + 1);
        String id = open >= 0 && close > open ? field.substring(open + 1, close) : firstIdWord(field);
        String cleaned = CleanText.cut(CleanText.oneLine(id), MAX_ID);
        return cleaned.isEmpty() ? Optional.empty() : Optional.of(cleaned);
    }

    private static String firstIdWord(String field) {
        String[] words = field.strip().split("\\s+", 2);
        return words.length == 1 || words[0].indexOf('@') > 0 ? words[0] : "";
    }

    /** Whether a display name pretends to be an address that is not the real one. */
    private static boolean looksLikeAnother(Address address) {
        String name = address.getName();
        if (name == null) {
            return false;
        }
        int at = name.indexOf('@');
        boolean isAddress = at > 0
                && name.indexOf('.', at) > at + 1
                && !Character.isWhitespace(name.charAt(at - 1))
                && !Character.isWhitespace(name.charAt(at + 1));
        return isAddress && !name.replace("'", "").strip().equalsIgnoreCase(address.getAddress());
    }

    private static boolean answers(HeaderBlock headers) {
        return headers.first("in-reply-to").isPresent()
                || headers.first("references").isPresent();
    }

    private static String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
