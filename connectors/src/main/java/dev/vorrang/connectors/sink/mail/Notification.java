package dev.vorrang.connectors.sink.mail;

import dev.vorrang.connectors.sink.ActionTemplate;
import dev.vorrang.connectors.sink.ActionValues;
import dev.vorrang.connectors.sink.DeliveryException;
import dev.vorrang.schemas.Action;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes mails of actions. A mail says that a program sent it (RFC 3834), so that no program answers; its Message-ID comes from the
 * ids of the actions, so that a mail server can drop a double; and all mails about a record are one thread.
 */
final class Notification {

    /** Begin of all Message-IDs, by which a mail is known that comes back. */
    static final String OWN = "vorrang.";

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final InternetAddress from;
    private final List<InternetAddress> to;
    private final List<InternetAddress> cc;
    private final ActionTemplate subject;
    private final ActionTemplate text;
    private final Optional<ActionTemplate> html;

    Notification(MailSinkConfig config) {
        from = config.from();
        to = config.to();
        cc = config.cc();
        subject = config.subject();
        text = config.text();
        html = config.html();
    }

    /** @throws DeliveryException if a template fails for these actions, or the mail could come back */
    MimeMessage of(List<Action> actions, Session session) throws DeliveryException {
        for (var action : actions) {
            checkLoop(action);
        }
        var values = values(actions);
        try {
            var mail = new MimeMessage(session) {
                @Override
                protected void updateMessageID() throws MessagingException {
                    setHeader("Message-ID", messageId(actions));
                }
            };
            mail.setFrom(from);
            mail.setRecipients(RecipientType.TO, to.toArray(InternetAddress[]::new));
            mail.setRecipients(RecipientType.CC, cc.toArray(InternetAddress[]::new));
            mail.setSubject(subject.render(values).strip(), UTF_8);
            mail.setSentDate(Date.from(actions.get(0).getCreatedAt()));
            mail.setHeader("Auto-Submitted", "auto-generated");
            mail.setHeader("X-Auto-Response-Suppress", "All");
            if (actions.size() == 1) {
                var thread = id("record." + actions.get(0).getRecord());
                mail.setHeader("In-Reply-To", thread);
                mail.setHeader("References", thread);
            }
            setContent(mail, values);
            mail.saveChanges();
            return mail;
        } catch (MessagingException e) {
            throw DeliveryException.refused("no mail can be made: " + e.getMessage(), e);
        }
    }

    private void setContent(MimeMessage mail, Map<String, Object> values) throws MessagingException, DeliveryException {
        var plain = text.render(values);
        if (html.isEmpty()) {
            mail.setText(plain, UTF_8);
            return;
        }
        var plainPart = new MimeBodyPart();
        plainPart.setText(plain, UTF_8);
        var htmlPart = new MimeBodyPart();
        htmlPart.setText(html.get().render(values), UTF_8, "html");
        mail.setContent(new MimeMultipart("alternative", plainPart, htmlPart));
    }

    /** The names of one action are those of the first of a digest, with the highest severity. */
    private static Map<String, Object> values(List<Action> actions) {
        var values = new HashMap<>(ActionValues.of(actions.get(0), Map.of()));
        values.put(
                "actions",
                actions.stream()
                        .map(action -> ActionValues.of(action, Map.of()))
                        .toList());
        values.put("digest", actions.size() > 1);
        values.put("total", actions.size());
        values.put(
                "severity",
                actions.stream()
                        .map(Action::getSeverity)
                        .max(Comparator.naturalOrder())
                        .orElseThrow()
                        .name());
        return values;
    }

    private void checkLoop(Action action) throws DeliveryException {
        var fields = action.getFields();
        var automatic = fields.getOrDefault("automatic", "NONE");
        if (automatic.equals("AUTO_REPLY") || automatic.equals("BOUNCE")) {
            throw DeliveryException.refused(
                    "no mail is sent about a mail that is " + automatic + ", which may answer an earlier one", null);
        }
        if (isOwn(action.getRecordKey()) || isOwn(fields.get("thread")) || isOwn(fields.get("messageId"))) {
            throw DeliveryException.refused("no mail is sent about a mail that this sink sent", null);
        }
        if (MailAddresses.anyIsSource(to, action) || MailAddresses.anyIsSource(cc, action)) {
            throw DeliveryException.refused(
                    "no mail is sent to the mailbox that the mail came from: change " + MailSinkSettings.TO, null);
        }
    }

    private static boolean isOwn(String messageId) {
        return messageId != null && messageId.startsWith(OWN);
    }

    private String messageId(List<Action> actions) {
        if (actions.size() == 1) {
            return id(actions.get(0).getId());
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            actions.forEach(action -> digest.update(action.getId().getBytes(StandardCharsets.UTF_8)));
            return id("digest." + HexFormat.of().formatHex(digest.digest(), 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private String id(String name) {
        var address = from.getAddress();
        return "<" + OWN + name.replaceAll("[^A-Za-z0-9.-]", "_") + "@"
                + address.substring(address.lastIndexOf('@') + 1) + ">";
    }
}
