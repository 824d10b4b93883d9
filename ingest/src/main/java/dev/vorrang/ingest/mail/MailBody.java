package dev.vorrang.ingest.mail;

import dev.vorrang.schemas.Attachment;
import dev.vorrang.schemas.TextOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the text of a mail out of its parts, and measures its attachments. Content in wrappings that can be taken off is read, too:
 * signed S/MIME, winmail.dat and attached mails. Of one decoding, for one thread.
 */
final class MailBody {
    /** How much more than the text limit is read, for history and signature to be parted from it. */
    private static final int WHOLE_PER_TEXT = 4;

    /** Wrappings in wrappings that are taken off. */
    private static final int MAX_WRAPPINGS = 3;

    private static final int MAX_WRAPPED_BYTES = 8 * 1024 * 1024;
    private static final int MAX_MAILS = 10;
    private static final Set<String> PKCS7 = Set.of("application/pkcs7-mime", "application/x-pkcs7-mime");
    private static final Set<String> TNEF = Set.of("application/ms-tnef", "application/vnd.ms-tnef");

    private final byte[] bytes;
    private final Part root;
    private final DecoderLimits limits;
    private final Findings findings;
    private final int wrappings;
    private final int mostCharacters;
    private final PartText texts;
    private final Attachments attachments;
    private final List<Part> salvaged = new ArrayList<>();
    private final List<Part> mails = new ArrayList<>();
    private final List<Part> tnefs = new ArrayList<>();
    private TextOrigin origin = TextOrigin.NONE;
    private boolean textSeen;
    private boolean cut;

    MailBody(byte[] bytes, Part root, DecoderLimits limits, Findings findings) {
        this(bytes, root, limits, findings, 0, new Attachments(findings));
    }

    private MailBody(
            byte[] bytes, Part root, DecoderLimits limits, Findings findings, int wrappings, Attachments attachments) {
        this.bytes = bytes;
        this.root = root;
        this.limits = limits;
        this.findings = findings;
        this.wrappings = wrappings;
        this.attachments = attachments;
        this.mostCharacters = (int) Math.min(Integer.MAX_VALUE / 64, (long) limits.textCharacters() * WHOLE_PER_TEXT);
        this.texts = new PartText(bytes, mostCharacters, findings);
    }

    /** The whole text, history and signature included; read the other results after it. */
    String read() {
        StringBuilder whole = new StringBuilder();
        append(root, whole);
        if (whole.isEmpty()) {
            salvaged.forEach(part -> appendDecoded(part, whole));
        }
        if (!CleanText.hasWords(whole)) {
            tnefs.forEach(part -> appendTnef(part, whole));
        }
        if (!CleanText.hasWords(whole)) {
            whole.append(attachedMails());
        }
        cut |= whole.length() > mostCharacters || texts.isCut();
        String text =
                CleanText.lines(CleanText.cut(whole.toString(), mostCharacters)).strip();
        return PgpArmour.removed(text, findings);
    }

    /** What the attached mails newly say, one after the other; empty if there are none, or nothing in them is text. */
    String attachedMails() {
        StringBuilder text = new StringBuilder();
        if (wrappings < MAX_WRAPPINGS) {
            for (Part part : mails.subList(0, Math.min(MAX_MAILS, mails.size()))) {
                byte[] mail = texts.bytes(part, MAX_WRAPPED_BYTES);
                Part inner = new MimeStructure(mail, limits, findings).read();
                inner.headers().readRawBytesAs(inner.textCharset());
                String subject = CleanText.oneLine(
                        EncodedWords.decode(inner.headers().first("subject").orElse("")));
                MailBody body = new MailBody(mail, inner, limits, findings, wrappings + 1, new Attachments(findings));
                String whole = body.read();
                String words = ReplySplitter.split(whole, subject, false, body.origin() == TextOrigin.HTML)
                        .text();
                words = words.isEmpty() ? whole : words;
                newLine(text).append(CleanText.hasWords(words) ? words : subject);
            }
        }
        if (CleanText.hasWords(text)) {
            findings.note("the text, or its end, is that of an attached mail");
        }
        return text.toString();
    }

    TextOrigin origin() {
        return origin;
    }

    /** Measures the attachments; after the text was read. */
    List<Attachment> attachments() {
        return attachments.measured();
    }

    /** What people may look at where there is no text, in words; empty if there is nothing. */
    String otherContent() {
        return attachments.isEmpty() ? (texts.hasImage() ? "images" : "") : attachments.types();
    }

    /** Whether text was left out because it is too long. */
    boolean isCut() {
        return cut;
    }

    private void append(Part part, StringBuilder whole) {
        if (part.salvaged()) {
            salvaged.add(part);
        } else if (!part.children().isEmpty()) {
            appendMultipart(part, whole);
        } else if (isBody(part)) {
            appendText(part, whole);
        } else if (!part.isMultipart()) {
            appendOther(part, whole);
        }
    }

    private void appendMultipart(Part part, StringBuilder whole) {
        if (part.is("multipart/alternative")) {
            appendBestOf(part, whole);
            return;
        }
        if (part.is("multipart/encrypted")) {
            encrypted("the content is encrypted (PGP/MIME)");
        }
        part.children().forEach(child -> append(child, whole));
        if (part.is("multipart/report")) {
            // What comes back with a report is what somebody sent earlier.
            mails.clear();
        }
    }

    /** Plain text if there is one that says what HTML says, else HTML; other alternatives (calendars, AMP) are attachments. */
    private void appendBestOf(Part alternative, StringBuilder whole) {
        List<Part> plains = new ArrayList<>();
        List<Part> others = new ArrayList<>();
        for (Part child : alternative.children()) {
            (hasPlain(child) ? plains : others).add(child);
        }
        StringBuilder plain = new StringBuilder();
        TextOrigin before = origin;
        plains.forEach(child -> append(child, plain));
        boolean words = CleanText.hasWords(plain);
        if (words && !Alternatives.mayBeStub(plain)) {
            newLine(whole).append(plain);
            others.forEach(this::attachIn);
            return;
        }
        StringBuilder html = new StringBuilder();
        TextOrigin plainOrigin = origin;
        origin = before;
        others.forEach(child -> append(child, html));
        if (words && !(CleanText.hasWords(html) && Alternatives.isStub(plain, html))) {
            origin = plainOrigin;
            newLine(whole).append(plain);
        } else {
            newLine(whole).append(html);
        }
    }

    private boolean hasPlain(Part part) {
        return (part.is("text/plain") && isBody(part))
                || part.children().stream().anyMatch(this::hasPlain);
    }

    /** Attachments of an alternative that is not taken. */
    private void attachIn(Part part) {
        part.children().forEach(this::attachIn);
        if (part.children().isEmpty() && !part.isMultipart() && !isBody(part)) {
            attachments.add(part, bytes, texts);
        }
    }

    /** A text part with a name is one that people read where it is shown inline, or where it is the first. */
    private boolean isBody(Part part) {
        boolean text = part.is("text/plain") || part.is("text/html") || part.is("text/enriched");
        if (!text || part.isAttachment()) {
            return false;
        }
        return part == root
                || part.fileName().isEmpty()
                || !textSeen
                || (part.is("text/plain") && part.disposition().value().equals("inline"));
    }

    /** Plain text, and HTML unless plain text came before it that says the same. */
    private void appendText(Part part, StringBuilder whole) {
        textSeen = true;
        boolean html = part.is("text/html");
        if (html && origin == TextOrigin.PLAIN) {
            StringBuilder text = new StringBuilder();
            appendDecoded(part, text);
            if (!text.isEmpty() && !Alternatives.saysTheSame(text, whole)) {
                newLine(whole).append(text);
            }
        } else if (appendDecoded(part, whole) && origin == TextOrigin.NONE) {
            origin = html ? TextOrigin.HTML : TextOrigin.PLAIN;
        }
    }

    private void appendOther(Part part, StringBuilder whole) {
        String name = part.fileName().orElse("").toLowerCase(Locale.ROOT);
        if (PKCS7.contains(part.type().value()) || name.equals("smime.p7m")) {
            if (appendSigned(part, whole)) {
                return;
            }
        } else if (part.is("message/rfc822") || part.is("message/global") || name.endsWith(".eml")) {
            mails.add(part);
        } else if (TNEF.contains(part.type().value()) || name.equals("winmail.dat")) {
            tnefs.add(part);
        } else if (part.is("application/x-microsoft-rpmsg-message") || name.equals("message.rpmsg")) {
            encrypted("the content is encrypted (Microsoft Purview, message.rpmsg)");
        }
        attachments.add(part, bytes, texts);
    }

    /** Whether it was signed S/MIME (RFC 8551) whose content was read. */
    private boolean appendSigned(Part part, StringBuilder whole) {
        SignedContent content = SignedContent.of(texts.bytes(part, MAX_WRAPPED_BYTES), MAX_WRAPPED_BYTES);
        if (content.bytes().isEmpty() || wrappings >= MAX_WRAPPINGS) {
            if (content.encrypted()) {
                encrypted(content.note());
            } else {
                findings.unread(content.note());
            }
            return false;
        }
        byte[] inner = content.bytes().get();
        Part innerRoot = new MimeStructure(inner, limits, findings).read();
        MailBody body = new MailBody(inner, innerRoot, limits, findings, wrappings + 1, attachments);
        String text = body.read();
        newLine(whole).append(text);
        cut |= body.isCut();
        origin = origin == TextOrigin.NONE ? body.origin() : origin;
        textSeen |= !text.isEmpty();
        return true;
    }

    private void appendTnef(Part part, StringBuilder whole) {
        String text = Tnef.text(texts.bytes(part, MAX_WRAPPED_BYTES), mostCharacters, findings);
        if (CleanText.hasWords(text)) {
            newLine(whole).append(text);
            findings.note("the text is that of a winmail.dat (TNEF)");
        } else {
            findings.unread("the content is in a winmail.dat (TNEF) without text that can be read");
        }
    }

    private void encrypted(String note) {
        findings.flag("encrypted");
        findings.unread(note);
    }

    /** Whether there were words in it. */
    private boolean appendDecoded(Part part, StringBuilder whole) {
        if (whole.length() > mostCharacters) {
            return false;
        }
        String text = texts.of(part);
        if (!CleanText.hasWords(text)) {
            return false;
        }
        newLine(whole).append(text);
        return true;
    }

    private static StringBuilder newLine(StringBuilder whole) {
        boolean within = !whole.isEmpty() && whole.charAt(whole.length() - 1) != '\n';
        return within ? whole.append('\n') : whole;
    }
}
