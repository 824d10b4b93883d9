package dev.vorrang.connectors.sink.mail;

import dev.vorrang.schemas.Action;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Addresses of settings, and whether a mail to one could come back as another record. */
final class MailAddresses {

    private MailAddresses() {}

    /** @throws IllegalArgumentException if it is none */
    static InternetAddress one(String text) {
        try {
            var addresses = InternetAddress.parse(text, true);
            if (addresses.length == 1 && addresses[0].getAddress().contains("@")) {
                addresses[0].validate();
                return addresses[0];
            }
        } catch (AddressException e) {
            // Said below.
        }
        throw new IllegalArgumentException("'" + text + "': allowed is an address, such as vorrang@example.com");
    }

    static boolean isOne(String text) {
        try {
            one(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether an address is that of the mailbox which the action's mail came from. */
    static boolean isSource(InternetAddress address, Action action) {
        if (!action.getLink().startsWith("imap")) {
            return false;
        }
        try {
            var source = URI.create(action.getLink());
            var user = source.getUserInfo() == null ? "" : source.getUserInfo().toLowerCase(Locale.ROOT);
            var recipient = address.getAddress().toLowerCase(Locale.ROOT);
            int at = recipient.lastIndexOf('@');
            return user.contains("@")
                    ? user.equals(recipient)
                    : user.equals(recipient.substring(0, at))
                            && isWithin(source.getHost(), recipient.substring(at + 1));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isWithin(String host, String domain) {
        return host != null
                && (host.equalsIgnoreCase(domain)
                        || host.toLowerCase(Locale.ROOT).endsWith("." + domain));
    }

    /** Whether a mail about these would go to where their mails come from. */
    static boolean anyIsSource(List<InternetAddress> addresses, Action action) {
        return addresses.stream().anyMatch(address -> isSource(address, action));
    }
}
