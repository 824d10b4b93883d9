package dev.vorrang.connectors.sink.mail;

import dev.vorrang.connectors.sink.DeliveryException;
import dev.vorrang.connectors.sink.Target;
import dev.vorrang.ingest.connection.TimeLimit;
import dev.vorrang.ingest.imap.Credentials;
import dev.vorrang.ingest.imap.MailboxRefusedException;
import dev.vorrang.schemas.Action;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Sends a mail for an action, or for those of a digest, each over a connection of its own. */
final class MailTarget implements Target {

    /** A server may lock an account after a few wrong logins. */
    private static final Duration AFTER_REFUSED_LOGIN = Duration.ofMinutes(5);

    private final MailSinkConfig config;
    private final Notification notification;
    private final Credentials credentials;
    private final SSLSocketFactory tls;
    private final Session session;
    private final String shown;

    /** @throws org.apache.kafka.common.config.ConfigException if certificates cannot be read */
    MailTarget(MailSinkConfig config) {
        this.config = config;
        this.notification = new Notification(config);
        this.credentials = config.user().isPresent() ? config.credentials() : null;
        this.tls = config.tls().map(SSLContext::getSocketFactory).orElseGet(() ->
                (SSLSocketFactory) SSLSocketFactory.getDefault());
        this.session = Session.getInstance(properties(config));
        this.shown = config.host() + ":" + config.port();
    }

    private static Properties properties(MailSinkConfig config) {
        var properties = new Properties();
        var timeout = Long.toString(config.timeout().toMillis());
        for (var name : List.of("connectiontimeout", "timeout", "writetimeout")) {
            properties.setProperty("mail.smtp." + name, timeout);
        }
        properties.setProperty(
                "mail.smtp.ssl.enable", Boolean.toString(config.security().equals("tls")));
        boolean starttls = config.security().equals("starttls");
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(starttls));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(starttls));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.auth", Boolean.toString(config.user().isPresent()));
        properties.setProperty("mail.smtp.quitwait", "false");
        return properties;
    }

    @Override
    public void deliver(List<Action> actions) throws DeliveryException {
        var sockets = new SmtpSockets(tls);
        sockets.use(session.getProperties());
        try (var limit = new TimeLimit(config.attemptTimeout(), sockets::cut)) {
            try {
                send(actions);
            } catch (DeliveryException e) {
                throw limit.isOver() ? tooLong(e) : e;
            }
        }
    }

    /** Whatever the mail library makes of the end of its connection, a refused login for one. */
    private DeliveryException tooLong(DeliveryException e) {
        return DeliveryException.unavailable(
                shown + " is cut off: the mail is not sent within "
                        + config.attemptTimeout().toMillis() + " ms",
                e);
    }

    private void send(List<Action> actions) throws DeliveryException {
        var mail = notification.of(actions, session);
        try (var transport = connect()) {
            transport.sendMessage(mail, mail.getAllRecipients());
        } catch (SendFailedException e) {
            throw failure(e);
        } catch (MessagingException e) {
            throw DeliveryException.unavailable(shown + " is not reached: " + e.getMessage() + cause(e), e);
        }
    }

    private Transport connect() throws MessagingException, DeliveryException {
        if (credentials != null && credentials.isToken()) {
            session.getProperties().setProperty("mail.smtp.auth.mechanisms", "XOAUTH2");
        }
        var secret = secret();
        try {
            return connect(secret);
        } catch (AuthenticationFailedException e) {
            credentials.refused(secret);
            if (credentials.isToken()) {
                // A token may have been revoked before its time; the next one is another.
                return connectAgain();
            }
            throw refused(e);
        }
    }

    private Transport connectAgain() throws MessagingException, DeliveryException {
        var secret = secret();
        try {
            return connect(secret);
        } catch (AuthenticationFailedException e) {
            credentials.refused(secret);
            throw refused(e);
        }
    }

    private Transport connect(String secret) throws MessagingException {
        var transport = session.getTransport("smtp");
        transport.connect(config.host(), config.port(), config.user().orElse(null), secret);
        return transport;
    }

    private DeliveryException refused(AuthenticationFailedException e) {
        return DeliveryException.unavailable(
                shown + " refuses the login of " + config.user().orElse("nobody") + ": " + e.getMessage(),
                Optional.of(AFTER_REFUSED_LOGIN));
    }

    private String secret() throws DeliveryException {
        try {
            return credentials == null ? null : credentials.secret();
        } catch (IOException e) {
            throw DeliveryException.unavailable(e.getMessage(), e);
        } catch (MailboxRefusedException e) {
            throw DeliveryException.unavailable(e.getMessage(), Optional.of(AFTER_REFUSED_LOGIN));
        }
    }

    /** RFC 5321, 4.2.1: 4yz may pass, 5yz does not, be it for the content or for an address of the settings. */
    private DeliveryException failure(SendFailedException e) {
        var message = shown + " does not take the mail: " + e.getMessage() + cause(e);
        for (Exception each = e; each instanceof MessagingException messaging; each = messaging.getNextException()) {
            int code = each instanceof SMTPSendFailedException send
                    ? send.getReturnCode()
                    : each instanceof SMTPAddressFailedException address ? address.getReturnCode() : 0;
            if (code / 100 == 4) {
                return DeliveryException.unavailable(message, e);
            }
        }
        return DeliveryException.failed(message, e);
    }

    private static String cause(MessagingException e) {
        return e.getNextException() == null ? "" : " (" + e.getNextException().getMessage() + ")";
    }

    @Override
    public void close() {
        // Each connection ends with its mail.
    }
}
