package dev.vorrang.app.streams.mail.demo;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Writes the demo's mails as the MIME that a mail program would send. */
final class DemoMime {

    static final String RECIPIENT = "service@nordkuehl.example";
    private static final String MESSAGE_ID_DOMAIN = "mail.nordkuehl.example";

    private final Session session = Session.getInstance(new Properties());
    private final Map<String, DemoMail> mails = new HashMap<>();

    DemoMime(List<DemoMail> mails) {
        mails.forEach(mail -> this.mails.put(mail.id(), mail));
    }

    /** @param sentAt goes into the Date header */
    MimeMessage message(DemoMail mail, Instant sentAt) throws MessagingException {
        var message = new FixedIdMessage(session, messageId(mail.id()));
        message.setFrom(new InternetAddress(mail.from(), true));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(RECIPIENT));
        message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(sentAt));
        if (mail.replyTo().isPresent()) {
            message.setHeader("In-Reply-To", messageId(mail.replyTo().get()));
            message.setHeader("References", references(mail));
        }
        for (var header : mail.headers().entrySet()) {
            message.setHeader(header.getKey(), header.getValue());
        }
        setContent(message, mail);
        message.saveChanges();
        return message;
    }

    private static void setContent(MimeMessage message, DemoMail mail) throws MessagingException {
        if (mail.attachment().isPresent()) {
            var attachment = mail.attachment().get();
            var file = new MimeBodyPart();
            var bytes = attachment.text().getBytes(StandardCharsets.UTF_8);
            file.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, attachment.type())));
            file.setDisposition(Part.ATTACHMENT);
            file.setFileName(attachment.name());
            file.setHeader("Content-Transfer-Encoding", "base64");
            message.setContent(new MimeMultipart("mixed", text(mail), file));
        } else if (mail.text().isPresent() && mail.html().isPresent()) {
            var html = new MimeBodyPart();
            setHtml(html, mail);
            message.setContent(new MimeMultipart("alternative", text(mail), html));
        } else if (mail.html().isPresent()) {
            message.setContent(mail.html().get(), "text/html; charset=UTF-8");
        } else {
            message.setText(mail.text().orElseThrow(), mail.charset().name());
        }
    }

    private static MimeBodyPart text(DemoMail mail) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(mail.text().orElseThrow(), mail.charset().name());
        return part;
    }

    private static void setHtml(MimeBodyPart part, DemoMail mail) throws MessagingException {
        part.setText(mail.html().orElseThrow(), StandardCharsets.UTF_8.name(), "html");
    }

    /** Message-IDs from the first mail of the thread to the one that is answered (RFC 5322, section 3.6.4). */
    private String references(DemoMail mail) {
        var ids = new ArrayDeque<String>();
        for (var at = mail;
                at.replyTo().isPresent();
                at = mails.get(at.replyTo().get())) {
            ids.addFirst(messageId(at.replyTo().get()));
        }
        return String.join(" ", ids);
    }

    private static String messageId(String id) {
        return "<" + id + "@" + MESSAGE_ID_DOMAIN + ">";
    }

    /** Keeps the Message-ID it was given, where Jakarta Mail would make one up. */
    private static final class FixedIdMessage extends MimeMessage {

        private final String id;

        FixedIdMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
