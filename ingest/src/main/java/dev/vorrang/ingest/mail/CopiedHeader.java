package dev.vorrang.ingest.mail;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a mail that is answered, copied into the text as Outlook, GMX or Notes do, in the languages they ship with. A form
 * of From, To and Date lines, such as a transport order, is none: a mail has a subject, or an address in From.
 */
final class CopiedHeader {
    private static final int MAX_LINES = 14;
    private static final int MAX_CHARACTERS = 400;
    private static final int MAX_FOREIGN = 2;

    private enum Field {
        FROM,
        SENT,
        DATE,
        TO,
        SUBJECT,
        OTHER
    }

    private static final Map<Field, Set<String>> NAMES = new EnumMap<>(Map.of(
            Field.FROM,
            Set.of("from", "von", "de", "expéditeur", "da", "van", "från", "fra", "od", "от", "发件人"),
            Field.SENT,
            Set.of(
                    "sent",
                    "gesendet",
                    "gesendet am",
                    "envoyé",
                    "envoyé le",
                    "envoyé par",
                    "enviado",
                    "enviado el",
                    "enviado em",
                    "enviada em",
                    "inviato",
                    "verzonden",
                    "skickat",
                    "sendt",
                    "发送时间",
                    "sent on",
                    "date sent"),
            Field.DATE,
            Set.of("date", "datum", "fecha", "data", "le"),
            Field.TO,
            Set.of("to", "an", "à", "a", "para", "aan", "til", "till", "destinataire", "收件人"),
            Field.SUBJECT,
            Set.of(
                    "subject",
                    "betreff",
                    "objet",
                    "asunto",
                    "oggetto",
                    "onderwerp",
                    "assunto",
                    "emne",
                    "ämne",
                    "sujet",
                    "主题"),
            Field.OTHER,
            Set.of(
                    "cc",
                    "bcc",
                    "kopie",
                    "copie",
                    "kopie an",
                    "reply-to",
                    "antwort an",
                    "répondre à",
                    "importance",
                    "priority",
                    "priorität",
                    "wichtigkeit",
                    "attachments",
                    "anlagen",
                    "organisation",
                    "thema",
                    "newsgroups",
                    "sent by",
                    "kopie (cc)",
                    "blindkopie")));
    private static final Pattern LINE = Pattern.compile("^[\\s*_|]*(\\p{L}[\\p{L} ()-]{0,18}?)[\\s*]*[:：][*\\s]*(.*)$");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@]@[^\\s<>@]+\\.[^\\s<>@]");
    private static final Pattern TIME = Pattern.compile("\\d{1,2}[:.h]\\d\\d");
    private static final Pattern YEAR = Pattern.compile("\\b\\d{4}\\b|\\d[./-]\\d\\d\\b");

    private final Set<Field> found = EnumSet.noneOf(Field.class);
    private boolean addressInFrom;
    private boolean addressInTo;
    private boolean exactTime;
    private int lines;

    private CopiedHeader() {}

    /** Whether a mail's header starts in this line. */
    static boolean startsAt(List<String> lines, int start) {
        if (!isField(lines, start) || isField(lines, start - 1)) {
            return false;
        }
        return read(lines, start).isOfAMail();
    }

    private boolean isOfAMail() {
        boolean dated = found.contains(Field.DATE) || found.contains(Field.SENT);
        if (!found.contains(Field.FROM)) {
            return exactTime && addressInTo;
        }
        if (found.contains(Field.SUBJECT)) {
            return dated || found.contains(Field.TO) && addressInFrom;
        }
        return addressInFrom && dated && (found.contains(Field.TO) || exactTime)
                || found.contains(Field.SENT) && exactTime;
    }

    /** Fields of a mail in the lines from here on, each kind once: after a separator two are enough. */
    static int fieldsAt(List<String> lines, int start) {
        return read(lines, start).found.size();
    }

    private static CopiedHeader read(List<String> lines, int start) {
        CopiedHeader header = new CopiedHeader();
        int foreign = 0;
        for (int i = start; i < Math.min(start + MAX_LINES, lines.size()); i++) {
            String line = lines.get(i);
            Field field = line.length() > MAX_CHARACTERS ? null : header.add(line);
            if (field != null) {
                foreign = 0;
                continue;
            }
            // A long field is wrapped; an empty line ends the header, save one after each field as HTML has it.
            boolean mayGoOn = line.isBlank() ? isField(lines, i + 1) : ++foreign <= MAX_FOREIGN;
            if (header.lines == 0
                    || !mayGoOn
                    || header.found.contains(Field.SUBJECT) && !line.isBlank() && !isIndented(line)) {
                break;
            }
        }
        return header;
    }

    private Field add(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return null;
        }
        String name = matcher.group(1).strip().toLowerCase(Locale.ROOT);
        String value = matcher.group(2);
        for (Map.Entry<Field, Set<String>> names : NAMES.entrySet()) {
            Field field = names.getKey();
            if (names.getValue().contains(name) && (field == Field.OTHER || found.add(field))) {
                lines++;
                boolean address = ADDRESS.matcher(value).find();
                addressInFrom |= field == Field.FROM && address;
                addressInTo |= field == Field.TO && address;
                exactTime |= (field == Field.SENT || field == Field.DATE)
                        && TIME.matcher(value).find()
                        && YEAR.matcher(value).find();
                return field;
            }
        }
        return null;
    }

    private static boolean isField(List<String> lines, int i) {
        if (i < 0 || i >= lines.size() || lines.get(i).length() > MAX_CHARACTERS) {
            return false;
        }
        String line = lines.get(i);
        return (line.indexOf(':') > 0 || line.indexOf('：') > 0) && new CopiedHeader().add(line) != null;
    }

    private static boolean isIndented(String line) {
        return line.startsWith(" ") || line.startsWith("\t");
    }
}
