package dev.vorrang.ingest.imap;

import java.io.EOFException;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ProtocolException;

/** Connects and logs in, over one connection: a token that the server refuses is replaced and tried again on the same. */
final class Login {

    private final ImapAccount account;
    private final Wire wire;
    private final long allowance;

    /** @param allowance most bytes of an answer */
    Login(ImapAccount account, Wire wire, long allowance) {
        this.account = account;
        this.wire = wire;
        this.allowance = allowance;
    }

    /**
     * Connects and logs in.
     *
     * @throws MailboxRefusedException if login or certificate are refused
     * @throws IOException if server or credentials cannot be had now
     */
    ImapConnection connect() throws IOException, MailboxRefusedException {
        var secret = account.credentials().secret();
        try {
            var connection = ImapConnection.open(account, wire, allowance);
            wire.in().allow(allowance);
            login(connection, secret);
            return connection;
        } catch (SSLException e) {
            if (e.getCause() instanceof EOFException) {
                throw e;
            }
            throw new MailboxRefusedException(
                    "no trusted TLS connection to " + account.host() + ":" + account.port() + ": " + e.getMessage(), e);
        } catch (ProtocolException e) {
            throw new IOException("no connection: " + e.getMessage(), e);
        }
    }

    private void login(ImapConnection connection, String secret)
            throws IOException, ProtocolException, MailboxRefusedException {
        boolean isToken = account.credentials().isToken();
        try {
            connection.login(account.user(), secret, isToken);
        } catch (CommandFailedException e) {
            failIfTemporary(e);
            account.credentials().refused(secret);
            var other = isToken ? account.credentials().secret() : secret;
            if (other.equals(secret)) {
                throw refused(e);
            }
            try {
                connection.login(account.user(), other, true);
            } catch (CommandFailedException again) {
                failIfTemporary(again);
                account.credentials().refused(other);
                throw refused(again);
            }
        }
    }

    /** The server cannot check the login now, which says nothing about the login. */
    private static void failIfTemporary(CommandFailedException e) throws IOException {
        if (CommandRefusedException.isTemporary(reason(e))) {
            throw new IOException("login not possible at the moment: " + reason(e), e);
        }
    }

    private MailboxRefusedException refused(CommandFailedException e) {
        return new MailboxRefusedException(
                "login of " + account + " refused: " + reason(e) + "; check user and "
                        + (account.credentials().isToken() ? "the OAuth 2 settings" : "password"),
                e);
    }

    private static String reason(CommandFailedException e) {
        return e.getResponse() == null ? e.getMessage() : e.getResponse().getRest();
    }
}
