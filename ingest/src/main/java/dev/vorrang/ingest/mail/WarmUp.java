package dev.vorrang.ingest.mail;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;

/**
 * Decodes a mail that goes through most of the decoder a few times, so that the first real mail of a JVM does not pay for loading
 * classes and for code that is not compiled yet.
 */
final class WarmUp {
    private static final int ROUNDS = 20;
    private static final String MAIL = String.join(
            "\r\n",
            "From: =?utf-8?Q?J=C3=BCrgen?= <juergen@example.org>",
            "To: Support <support@example.org>, team@example.org",
            "Date: Mon, 02 Mar 2026 10:00:00 +0100",
            "Subject: =?iso-8859-1?Q?Re:_Gr=FC=DFe?=",
            "Content-Type: multipart/mixed; boundary=m",
            "",
            "--m",
            "Content-Type: multipart/alternative; boundary=a",
            "",
            "--a",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            "=20",
            "--a",
            "Content-Type: text/html; charset=windows-1252",
            "",
            "<html><head><style>p.x{display:none}</style></head><body><p style='color:#333'>Hello,</p><p class=x>no</p>"
                    + "<table><tr><td>it works.</td></tr></table><div>On Monday, Anna wrote:</div>"
                    + "<blockquote type=cite>Does it?</blockquote><p>--<br>Juergen</p></body></html>",
            "--a--",
            "--m",
            "Content-Type: application/pdf; name*=utf-8''a%20b.pdf",
            "Content-Transfer-Encoding: base64",
            "",
            "JVBERi0=",
            "--m--",
            "");

    static {
        MailDecoder decoder = new MailDecoder(DecoderLimits.defaults(), Clock.systemUTC(), ThreadCpuTime::nanos);
        RawMail mail = new RawMail(MAIL.getBytes(StandardCharsets.UTF_8), "file:///warm-up", Instant.now(), 1);
        for (int i = 0; i < ROUNDS; i++) {
            decoder.decode(mail);
        }
    }

    private WarmUp() {}

    /** Returns once the decoder of this JVM is warm: at once, if it is. */
    static void ensure() {
        // The static initialiser has done it, once for all threads.
    }
}
