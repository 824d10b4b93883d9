package dev.vorrang.ingest.imap;

import dev.vorrang.schemas.EmailMessage;

/** About how many bytes a decoded mail takes in memory, for bounded buffers. */
final class MailWeight {

    private static final long RECORD = 1_000;
    private static final long ENTRY = 300;

    private MailWeight() {}

    static long of(EmailMessage mail) {
        long entries = mail.getFrom().size()
                + mail.getTo().size()
                + mail.getCc().size()
                + mail.getReplyTo().size()
                + mail.getAttachments().size()
                + mail.getParseNotes().size();
        return RECORD
                + ENTRY * entries
                + 2L * (length(mail.getText()) + length(mail.getQuoted()) + length(mail.getSignature()));
    }

    private static long length(CharSequence text) {
        return text == null ? 0 : text.length();
    }
}
