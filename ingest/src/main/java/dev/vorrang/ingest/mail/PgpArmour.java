package dev.vorrang.ingest.mail;

/** PGP in the text of a mail (RFC 9580, section 6.2): armour is no text, and what is signed is text without its armour. */
final class PgpArmour {
    private static final String BEGIN = "-----BEGIN PGP ";
    private static final String END = "-----END PGP ";

    private PgpArmour() {}

    /** The text without armour; an encrypted block is reported as content that was not read. */
    static String removed(String text, Findings findings) {
        if (!text.contains(BEGIN)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        boolean armour = false;
        boolean armourHeaders = false;
        boolean signed = false;
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(BEGIN)) {
                signed = line.startsWith("SIGNED MESSAGE", BEGIN.length());
                armourHeaders = signed;
                armour = !signed;
                if (line.startsWith("MESSAGE", BEGIN.length())) {
                    findings.flag("encrypted");
                    findings.unread("the content is encrypted (PGP)");
                }
            } else if (line.startsWith(END)) {
                armour = false;
            } else if (armourHeaders) {
                armourHeaders = !line.isBlank();
            } else if (!armour) {
                out.append(signed && line.startsWith("- ") ? line.substring(2) : line)
                        .append('\n');
            }
        }
        return out.toString().strip();
    }
}
