package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
import java.util.List;
import java.util.Random;

/**
 * Alters a mail in ways that leave its labels true: how it is greeted, signed, typed and how loud or polite it calls itself says
 * nothing of what it is about. A model that learns from such variants goes less by these. Pure but for the random numbers.
 */
final class MailVariants {

    private static final List<String> GREETINGS = List.of(
            "Hi,",
            "Hello,",
            "Dear team,",
            "Good morning,",
            "Hallo,",
            "Guten Tag,",
            "Sehr geehrte Damen und Herren,",
            "Moin,");
    private static final List<String> CLOSINGS = List.of(
            "Best regards",
            "Thanks",
            "Kind regards, Sam",
            "Viele Grüße",
            "Mit freundlichen Grüßen",
            "Danke",
            "LG",
            "Sent from my phone");
    private static final List<String> LOUD = List.of(
            "URGENT",
            "URGENT!!!",
            "IMPORTANT!",
            "ASAP!",
            "HELP!!!",
            "DRINGEND",
            "DRINGEND!!!",
            "EILT!",
            "WICHTIG!!!",
            "Sofort!");
    private static final List<String> POLITE = List.of(
            "Sorry to bother you.",
            "No rush, just a quick question.",
            "Hope you are well.",
            "Probably nothing, but I thought I'd mention it.",
            "Entschuldigen Sie die Störung.",
            "Es eilt nicht, nur eine kurze Frage.",
            "Ich hoffe, es geht Ihnen gut.",
            "Vielleicht ist es ja nichts, aber ich wollte es erwähnen.");
    private static final int LONGEST_GREETING = 45;
    private static final int LONGEST_SIGNATURE = 60;
    private static final int FEWEST_CHARACTERS = 60;
    private static final double TYPO = 0.03;

    private final Random random;

    MailVariants(Random random) {
        this.random = random;
    }

    MailText of(MailText mail) {
        String subject = mail.subject();
        String body = mail.body();
        if (chance(0.6)) {
            body = withoutEnds(body);
        }
        if (chance(0.35) && body.length() >= FEWEST_CHARACTERS) {
            subject = "";
        }
        if (chance(0.25)) {
            body = one(POLITE) + " " + body;
        }
        if (chance(0.25)) {
            subject = chance(0.7) ? one(LOUD) + " " + subject : subject;
            body = chance(0.5) ? body + " " + one(LOUD) : body;
        }
        if (chance(0.3)) {
            body = one(GREETINGS) + "\n\n" + body;
        }
        if (chance(0.3)) {
            body = body + "\n\n" + one(CLOSINGS);
        }
        if (chance(0.3)) {
            body = withTypos(body);
        }
        if (chance(0.2)) {
            body = body.replace('!', '.');
        }
        return new MailText(subject, body);
    }

    /** Without a short first line that greets and a short last one that signs. */
    private static String withoutEnds(String body) {
        String text = body.strip();
        int first = text.indexOf('\n');
        if (first > 0
                && first <= LONGEST_GREETING
                && text.substring(0, first).strip().endsWith(",")) {
            text = text.substring(first).strip();
        }
        int last = text.lastIndexOf('\n');
        if (last > 0 && text.length() - last <= LONGEST_SIGNATURE && !text.endsWith(".") && !text.endsWith("?")) {
            text = text.substring(0, last).strip();
        }
        return text;
    }

    /** Some letters swapped, doubled or left out. */
    private String withTypos(String text) {
        var typed = new StringBuilder(text);
        for (int i = 1; i + 1 < typed.length(); i++) {
            if (Character.isLetter(typed.charAt(i)) && Character.isLetter(typed.charAt(i + 1)) && chance(TYPO)) {
                char letter = typed.charAt(i);
                switch (random.nextInt(3)) {
                    case 0 -> typed.deleteCharAt(i);
                    case 1 -> typed.insert(i, letter);
                    default -> {
                        typed.setCharAt(i, typed.charAt(i + 1));
                        typed.setCharAt(i + 1, letter);
                    }
                }
            }
        }
        return typed.toString();
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
