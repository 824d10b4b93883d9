package dev.vorrang.connectors.imap;

/** Mails for tests. */
public final class TestMails {

    private TestMails() {}

    public static String mail(int number) {
        return mail("Order " + number, "Where is order number " + number + "?");
    }

    public static String mail(String subject, String text) {
        return """
                From: Berta <berta@example.com>
                To: anna@example.com
                Subject: %s
                Message-ID: <same@example.com>
                Date: Mon, 5 Jan 2026 10:00:00 +0100

                %s
                """.formatted(subject, text);
    }
}
