package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.EmailMessage;
import java.net.IDN;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Senders whose mail counts more, by address or by domain. Only the address counts, never the display name, and a mail with
 * more than one From has no VIP sender: a stranger must not gain by adding one.
 *
 * <p>From is chosen by the sender and forged with ease. Name only those VIPs whose domains your mail server checks (SPF,
 * DKIM, DMARC) and refuses when the check fails; being a VIP moves a mail up, and lets it do nothing.
 *
 * @param entries {@code local@domain}, {@code domain} (that one only) or {@code *.domain} (all under it, not itself), lower
 *     case, domains in ASCII
 */
public record VipSenders(Set<String> entries) {

    /** Nobody. */
    public static final VipSenders NONE = new VipSenders(Set.of());

    private static final Pattern LOCAL = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}");
    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\\.[a-z0-9_][a-z0-9_-]{0,62})*");

    public VipSenders {
        entries = Set.copyOf(entries);
    }

    /**
     * @param entries as people write them
     * @throws IllegalArgumentException if one is neither an address nor a domain; the message says which
     */
    public static VipSenders of(Collection<String> entries) {
        var normal = new HashSet<String>();
        entries.forEach(entry -> normal.add(normalise(entry)));
        return new VipSenders(normal);
    }

    /** Whether the mail's only From is a VIP. */
    public boolean sent(EmailMessage mail) {
        List<Address> from = mail.getFrom();
        if (entries.isEmpty() || from.size() != 1) {
            return false;
        }
        var address = from.get(0).getAddress().toLowerCase(Locale.ROOT);
        var domain = address.substring(address.lastIndexOf('@') + 1);
        return entries.contains(address) || entries.contains(domain) || isBelow(domain);
    }

    private boolean isBelow(String domain) {
        for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
            if (entries.contains("*" + domain.substring(dot))) {
                return true;
            }
        }
        return false;
    }

    private static String normalise(String entry) {
        var text = entry.strip();
        int at = text.lastIndexOf('@');
        var wildcard = text.startsWith("*.");
        var domain = ascii(entry, wildcard ? text.substring(2) : text.substring(at + 1));
        var valid = DOMAIN.matcher(domain).matches()
                && (at < 0 || !wildcard && LOCAL.matcher(text.substring(0, at)).matches());
        if (!valid) {
            throw refused(entry, null);
        }
        var start = wildcard ? "*." : text.substring(0, at + 1).toLowerCase(Locale.ROOT);
        return start + domain;
    }

    private static String ascii(String entry, String domain) {
        try {
            return IDN.toASCII(domain).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw refused(entry, e);
        }
    }

    private static IllegalArgumentException refused(String entry, Exception cause) {
        return new IllegalArgumentException(
                "VIP '" + entry + "': allowed is an address (anna@example.org), a domain (example.org)"
                        + " or all domains below one (*.example.org)",
                cause);
    }
}
