package dev.vorrang.ingest.imap;

import java.io.IOException;
import java.util.Locale;
import java.util.Properties;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * The mail library's protocol over a {@link Wire}. Its stores and folders are not used: they connect a second time for whatever is
 * asked besides the open folder, keep something for each mail that the server says there is, and drop answers that they cannot
 * parse.
 */
final class ImapConnection extends IMAPProtocol {

    private static final byte[] DONE = {'D', 'O', 'N', 'E', '\r', '\n'};

    private ImapConnection(Wire wire) throws IOException {
        super(wire.in(), wire.out(), new Properties(), false);
    }

    /**
     * Connects, with TLS if the account has it.
     *
     * @throws MailboxRefusedException if the server has no STARTTLS
     */
    static ImapConnection open(ImapAccount account, Wire wire, long allowance)
            throws IOException, ProtocolException, MailboxRefusedException {
        wire.connect(allowance);
        var connection = new ImapConnection(wire);
        connection.processGreeting(connection.readResponse());
        if (account.security() == Security.STARTTLS) {
            connection.capability();
            if (!connection.hasCapability("STARTTLS")) {
                throw new MailboxRefusedException(
                        account.host() + ":" + account.port() + " offers no STARTTLS; another way to connect is TLS");
            }
            connection.simpleCommand("STARTTLS", null);
            wire.secure(allowance);
            connection = new ImapConnection(wire);
        }
        connection.capability();
        return connection;
    }

    /**
     * Logs in, and asks what the server can do for this user.
     *
     * @throws org.eclipse.angus.mail.iap.CommandFailedException if the server refuses the login
     */
    void login(String user, String secret, boolean isToken) throws ProtocolException {
        if (isAuthenticated()) {
            return;
        }
        if (isToken) {
            authoauth2(user, secret);
        } else if (hasCapability("AUTH=PLAIN")) {
            authplain(null, user, secret);
        } else if (hasCapability("AUTH=LOGIN")) {
            authlogin(user, secret);
        } else if (!hasCapability("LOGINDISABLED")) {
            login(user, secret);
        } else {
            throw new ProtocolException("the server takes no password on this connection: it has "
                    + String.join(" ", getCapabilities().keySet()).toUpperCase(Locale.ROOT));
        }
        capability();
    }

    /** As it is: the library would drop a FETCH response with a NIL where it expects none. */
    @Override
    public Response readResponse() throws IOException, ProtocolException {
        return new IMAPResponse(this);
    }

    /** Ends an IDLE (RFC 2177). */
    void done() throws IOException {
        getOutputStream().write(DONE);
        getOutputStream().flush();
    }
}
