package dev.vorrang.ingest.mail;

import dev.vorrang.schemas.Address;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Address headers, parsed by Angus in its lenient mode. Encoded words are taken out before and put back after, so that a comma or a
 * bracket inside a name does not tear it apart; comments in comments are dropped and the header is cut before, because Angus is
 * quadratic in what is left open.
 */
final class Addresses {
    static final int MAX_ADDRESSES = 100;
    private static final int MAX_CHARACTERS = 16 * 1024;
    /** Most bytes of names and addresses in UTF-8; of 100 addresses each may have 245. */
    private static final int MAX_BYTES = 24 * 1024;

    private static final int MAX_ADDRESS = 998;
    private static final int MAX_NAME = 998;

    /** Private-use characters around the number of an encoded word that was taken out. */
    private static final char OPEN = '\uE000';

    private static final char CLOSE = '\uE001';

    private final Findings findings;

    Addresses(Findings findings) {
        this.findings = findings;
    }

    /** The addresses of all headers of one name, at most 100 and 24 KiB. */
    List<Address> parse(List<String> headers) {
        List<Address> found = new ArrayList<>();
        int left = MAX_CHARACTERS;
        for (String header : headers) {
            if (left <= 0 || findings.outOfTime()) {
                break;
            }
            String prepared = shorten(withoutNestedComments(header), left);
            parse(prepared, found, true);
            left -= prepared.length();
        }
        if (found.stream().anyMatch(address -> address.getAddress().indexOf('@') >= 0)) {
            // "Muster, Erika <erika@example.org>": the comma of a name made its half look like a local user.
            found.removeIf(address -> address.getAddress().indexOf('@') < 0);
        }
        if (found.size() > MAX_ADDRESSES) {
            findings.limit("more than " + MAX_ADDRESSES + " addresses in a header, the rest was left out");
            return withinBytes(found.subList(0, MAX_ADDRESSES));
        }
        return withinBytes(found);
    }

    private List<Address> withinBytes(List<Address> found) {
        List<Address> kept = new ArrayList<>(found.size());
        int bytes = 0;
        for (Address address : found) {
            bytes += CleanText.bytes(address.getName()) + CleanText.bytes(address.getAddress());
            if (bytes > MAX_BYTES) {
                findings.limit("addresses in a header with more than " + MAX_BYTES + " bytes, the rest was left out");
                return kept;
            }
            kept.add(address);
        }
        return kept;
    }

    private void parse(String header, List<Address> found, boolean mayRepeat) {
        List<String> words = new ArrayList<>();
        String marked = EncodedWords.decode(header.replace(OPEN, ' ').replace(CLOSE, ' '), word -> {
            words.add(word);
            return "" + OPEN + (words.size() - 1) + CLOSE;
        });
        for (InternetAddress parsed : parseLeniently(marked)) {
            if (found.size() > MAX_ADDRESSES) {
                return;
            }
            String address = restore(parsed.getAddress(), words);
            if (mayRepeat && !words.isEmpty() && address.indexOf('<') >= 0 && address.indexOf('@') > 0) {
                // The whole mailbox was encoded as one word.
                parse(address, found, false);
            } else {
                add(restore(parsed.getPersonal(), words), address, found);
            }
        }
    }

    private List<InternetAddress> parseLeniently(String header) {
        try {
            List<InternetAddress> parsed = new ArrayList<>();
            for (InternetAddress address : InternetAddress.parseHeader(header, false)) {
                InternetAddress[] members = address.isGroup() ? address.getGroup(false) : null;
                parsed.addAll(members == null ? List.of(address) : List.of(members));
            }
            return parsed;
        } catch (AddressException | RuntimeException e) {
            findings.damaged("an address header could not be read: " + e.getMessage());
            return List.of();
        }
    }

    private void add(String name, String rawAddress, List<Address> found) {
        Mailbox mailbox = Mailbox.of(CleanText.oneLine(rawAddress));
        String address = mailbox.address();
        if (address.isEmpty()) {
            // A group without members, "undisclosed-recipients:;", or no address at all.
            return;
        }
        if (address.length() > MAX_ADDRESS) {
            findings.limit("an address of " + address.length() + " characters, allowed " + MAX_ADDRESS + ": left out");
            return;
        }
        int at = address.lastIndexOf('@');
        String whole = at < 0 ? address : address.substring(0, at + 1) + domain(address.substring(at + 1));
        String display = CleanText.oneLine(name);
        display = CleanText.cut(display.isEmpty() ? mailbox.name() : display, MAX_NAME);
        found.add(new Address(display.isEmpty() ? null : display, whole));
    }

    private String domain(String domain) {
        if (Domains.isMixedScript(domain)) {
            findings.flag("mixed_script_domain");
        }
        return Domains.ascii(domain);
    }

    private static String restore(String text, List<String> words) {
        if (text == null) {
            return "";
        }
        StringBuilder out = new StringBuilder(text.length());
        int done = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, open + 1)) {
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                break;
            }
            out.append(text, done, open).append(words.get(Integer.parseInt(text.substring(open + 1, close))));
            done = close + 1;
        }
        return out.append(text, done, text.length()).toString();
    }

    private String shorten(String header, int most) {
        if (header.length() <= most) {
            return header;
        }
        findings.limit("address headers of one name with more than " + MAX_CHARACTERS + " characters: cut");
        int comma = header.lastIndexOf(',', most);
        return header.substring(0, comma > 0 ? comma : most);
    }

    /** Comments keep their first level only; one that never ends is dropped whole. */
    private static String withoutNestedComments(String header) {
        if (header.indexOf('(') < 0) {
            return header;
        }
        StringBuilder out = new StringBuilder(header.length());
        int depth = 0;
        int commentStart = 0;
        boolean quoted = false;
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c == '\\' && i + 1 < header.length()) {
                if (depth <= 1) {
                    out.append(c).append(header.charAt(i + 1));
                }
                i++;
                continue;
            }
            if (c == '"' && depth == 0) {
                quoted = !quoted;
            }
            if (c == '(' && !quoted && ++depth == 1) {
                commentStart = out.length();
                out.append(c);
            } else if (c == ')' && !quoted && depth > 0) {
                if (--depth == 0) {
                    out.append(c);
                }
            } else if (depth <= 1 && !(c == '(' && !quoted)) {
                out.append(c);
            }
        }
        if (depth > 0) {
            out.setLength(commentStart);
        }
        return out.toString();
    }
}
