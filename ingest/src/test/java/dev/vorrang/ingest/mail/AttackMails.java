package dev.vorrang.ingest.mail;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Mails that aim at the memory or the time of their reader. Run as a program in a JVM of its own, it decodes them all. */
final class AttackMails {
    private AttackMails() {}

    /** Decodes every mail and prints its size, the CPU time and the peak of the heap. */
    public static void main(String[] args) {
        // More time than by default, so that it is not the time that saves the memory.
        DecoderLimits limits = new DecoderLimits(50, 1_000, 256 * 1024, 64 * 1024, Duration.ofMinutes(1));
        MailDecoder decoder = new MailDecoder(limits, Clock.systemUTC());
        for (Map.Entry<String, Supplier<String>> attack : all().entrySet()) {
            byte[] bytes = attack.getValue().get().getBytes(StandardCharsets.UTF_8);
            System.gc();
            resetPeaks();
            long start = ThreadCpuTime.nanos();
            var record = decoder.decode(new RawMail(bytes, "file:///attack", Records.NOW, 1));
            System.out.printf(
                    "%-28s %,12d bytes %6d ms, heap %4d MiB, %s %s%n",
                    attack.getKey(),
                    bytes.length,
                    (ThreadCpuTime.nanos() - start) / 1_000_000,
                    peak() >> 20,
                    record.getParseStatus(),
                    record.getParseNotes());
        }
        System.out.println("decoded all");
    }

    static Map<String, Supplier<String>> all() {
        Map<String, Supplier<String>> mails = new LinkedHashMap<>();
        mails.put(
                "rules times elements",
                () -> html(style(50, i -> "p{opacity:0;x:" + "y".repeat(270) + "}") + "<p>".repeat(60_000)));
        mails.put(
                "rules times elements, large",
                () -> html(style(
                                2_500,
                                i -> "i,b,p,.a,#a" + i + "{visibility:hidden;opacity:1;font-size:0;z:" + "y".repeat(150)
                                        + "}")
                        + "<i class=a>x</i>".repeat(20_000)));
        mails.put(
                "classes",
                () -> html(style(900, i -> ".c" + i + "{display:none}")
                        + ("<i class='" + many(900, i -> "c" + i + " ") + "'>x</i>").repeat(100)));
        mails.put("selector list", () -> html("<style>" + "p,".repeat(300_000) + "p{display:none}</style><p>x"));
        mails.put("media nests", () -> html("<style>" + "@media x{".repeat(80_000) + "</style>x"));
        mails.put("braces", () -> html("<style>" + "}{".repeat(400_000) + "</style>x"));
        mails.put("comments in a sheet", () -> html("<style>" + "/*".repeat(400_000) + "</style>x"));
        mails.put("style elements", () -> html("<style>p{display:none}</style>".repeat(25_000)));
        mails.put("inline style", () -> html("<p style='" + "a:b;".repeat(250_000) + "'>x"));
        mails.put("inline styles", () -> html(("<p style='" + "color:#fff;".repeat(90) + "'>x").repeat(1_000)));
        mails.put("attributes", () -> html("<p " + many(100_000, i -> "a" + i + "=b ") + ">x"));
        mails.put("deep elements", () -> html("<div>".repeat(200_000) + "x"));
        mails.put("deep block quotes", () -> html("<blockquote>x".repeat(80_000)));
        mails.put("tables", () -> html("<table><tr><td>".repeat(66_000) + "x"));
        mails.put(
                "formatting left open",
                () -> html(many(15, i -> "<b x=" + i + "><i x=" + i + "><u x=" + i + ">") + "<p>x".repeat(250_000)));
        mails.put("misnested", () -> html("<a><b></a></b>".repeat(70_000)));
        mails.put("text in select", () -> html("<select>" + "<option>x".repeat(110_000)));
        mails.put("entities", () -> html("&CounterClockwiseContourIntegral;".repeat(30_000)));
        mails.put("hidden in hidden", () -> html("<div hidden>word".repeat(60_000)));
        mails.put("tags", () -> html("<b>".repeat(7_000_000)));
        mails.put("header fields", () -> "X: y\r\n".repeat(3_000_000) + "Subject: x\r\n\r\ny");
        mails.put("same header", () -> ("To: " + "a@b.example,".repeat(2_000) + "\r\n").repeat(1_000) + "\r\ny");
        mails.put("folds", () -> "Subject: a" + "\r\n b".repeat(5_000_000) + "\r\n\r\ny");
        mails.put("encoded words", () -> "Subject:" + "\r\n =?utf-8?B?QUFB?=".repeat(800_000) + "\r\n\r\ny");
        mails.put(
                "encoded words in addresses",
                () -> "From: " + "=?x-" + "y".repeat(50) + "?Q?=2C?= ".repeat(400_000) + "\r\n\r\ny");
        mails.put(
                "parameters",
                () -> "Content-Type: text/plain" + many(300_000, i -> "; a*" + i + "*=%41") + "\r\n\r\ny");
        mails.put("comments", () -> "From: " + "(".repeat(5_000_000) + "\r\n\r\ny");
        mails.put(
                "parts",
                () -> "Content-Type: multipart/mixed; boundary=a\r\n\r\n" + "--a\r\n\r\nx\r\n".repeat(100_000));
        mails.put(
                "parts with headers",
                () -> "Content-Type: multipart/mixed; boundary=a\r\n\r\n"
                        + ("--a\r\nSubject: " + "x".repeat(10_000) + "\r\n\r\nx\r\n").repeat(2_000));
        mails.put("nested multiparts", () -> nested(10_000, "multipart/mixed"));
        mails.put("nested alternatives", () -> nested(45, "multipart/alternative") + "x\r\n".repeat(3_000_000));
        mails.put("nested mails", () -> "Content-Type: message/rfc822\r\n\r\n".repeat(500_000) + "x");
        mails.put("base64", () -> "Content-Transfer-Encoding: base64\r\n\r\n" + "QUFB\r\n".repeat(3_000_000));
        mails.put(
                "quoted-printable",
                () -> "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + " ".repeat(15_000_000));
        mails.put("line ends", () -> "Subject: x\r\n\r\n" + "\r".repeat(15_000_000));
        mails.put("quote marks", () -> "Subject: x\r\n\r\n" + ">".repeat(15_000_000));
        mails.put("utf-7", () -> "Content-Type: text/plain; charset=utf-7\r\n\r\n" + "+AGE".repeat(3_000_000));
        mails.put(
                "random base64",
                () -> "Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        + random(8_000_000));
        return mails;
    }

    private static String html(String body) {
        return "Subject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body;
    }

    private static String style(int rules, IntFunction<String> rule) {
        return "<style>" + many(rules, rule) + "</style>";
    }

    private static String many(int count, IntFunction<String> one) {
        return IntStream.range(0, count).mapToObj(one).collect(Collectors.joining());
    }

    private static String nested(int depth, String type) {
        return many(depth, i -> "Content-Type: " + type + "; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n")
                + "Content-Type: text/plain\r\n\r\nx\r\n";
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new Random(1).nextBytes(random);
        return Base64.getMimeEncoder().encodeToString(random);
    }

    private static void resetPeaks() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
