package dev.vorrang.connectors.imap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A few mails, and a server that does one thing few servers do, at a moment that no real one can be brought to. */
final class ScriptedImapServer implements AutoCloseable {

    /** What it does. */
    enum Script {
        /** There are three mails, and it says NO to the second. Neither IDLE nor UIDNEXT. */
        REFUSES_SECOND,
        /** There are three mails, and it ends the connection instead of sending the second. Neither IDLE nor UIDNEXT. */
        DROPS_SECOND,
        /** There are two mails; the third comes while they are read, and is announced with them. */
        THIRD_WITH_FETCH,
        /** There are two mails; the third comes before the IDLE, and is announced before it begins. */
        THIRD_BEFORE_IDLE,
        /** There are two mails; the third comes with the IDLE, and is announced in one packet with its beginning. */
        THIRD_WITH_IDLE,
        /** There are two mails; before the IDLE the first goes and the third comes, so that there are two again. */
        THIRD_FOR_FIRST;

        boolean hasAllAtOnce() {
            return this == REFUSES_SECOND || this == DROPS_SECOND;
        }
    }

    private final LineServer server;
    private final Script script;
    private volatile int first = 1;
    private volatile int last;

    ScriptedImapServer(Script script) throws IOException {
        this.script = script;
        this.last = script.hasAllAtOnce() ? 3 : 2;
        this.server = new LineServer(this::serve);
    }

    int port() {
        return server.port();
    }

    private void serve(BufferedReader in, OutputStream out) throws IOException {
        say(out, "* OK ready");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            var words = line.split(" ", 4);
            var command = words[1].equals("UID") ? "UID " + words[2] : words[1];
            var rest = words.length > 3 ? words[3] : "";
            switch (command) {
                case "CAPABILITY" -> say(out, "* CAPABILITY IMAP4rev1" + (script.hasAllAtOnce() ? "" : " IDLE"));
                case "EXAMINE" -> examine(out);
                case "UID SEARCH" -> say(out, "* SEARCH" + uids(rest.replace("UID ", ""), " "));
                case "UID FETCH" -> {
                    if (script.hasAllAtOnce() && rest.contains("BODY") && wants(rest, 2)) {
                        if (script == Script.DROPS_SECOND) {
                            return;
                        }
                        say(out, words[0] + " NO cannot read");
                        continue;
                    }
                    fetch(out, rest);
                }
                case "IDLE" -> {
                    idle(out);
                    in.readLine();
                }
                default -> {}
            }
            say(out, words[0] + " OK done");
        }
    }

    private void examine(OutputStream out) throws IOException {
        say(out, "* %d EXISTS\r\n* OK [UIDVALIDITY 7] ok".formatted(last - first + 1));
        if (!script.hasAllAtOnce()) {
            say(out, "* OK [UIDNEXT %d] ok".formatted(last + 1));
        }
    }

    private void idle(OutputStream out) throws IOException {
        var news = "";
        if (last == 2 && script != Script.THIRD_WITH_FETCH) {
            last = 3;
            news = "* 3 EXISTS";
            if (script == Script.THIRD_FOR_FIRST) {
                first = 2;
                news = "* 1 EXPUNGE\r\n* 2 EXISTS";
            }
        }
        say(
                out,
                Stream.of(
                                script == Script.THIRD_WITH_IDLE ? "" : news,
                                "+ idling",
                                script == Script.THIRD_WITH_IDLE ? news : "")
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining("\r\n")));
    }

    private void fetch(OutputStream out, String rest) throws IOException {
        for (int uid = first; uid <= last; uid++) {
            if (wants(rest, uid)) {
                var mail = TestMails.mail(uid).replace("\n", "\r\n");
                say(
                        out,
                        rest.contains("BODY")
                                ? "* %d FETCH (UID %d BODY[] {%d}\r\n%s)"
                                        .formatted(uid - first + 1, uid, mail.length(), mail)
                                : "* %d FETCH (UID %d INTERNALDATE \"05-Jan-2026 10:00:00 +0000\" RFC822.SIZE %d)"
                                        .formatted(uid - first + 1, uid, mail.length()));
            }
        }
        if (last == 2 && script == Script.THIRD_WITH_FETCH && rest.contains("BODY")) {
            last = 3;
            say(out, "* 3 EXISTS");
        }
    }

    private boolean wants(String rest, long uid) {
        return uids(rest.split(" ")[0], " ").contains(" " + uid);
    }

    private String uids(String set, String separator) {
        var found = new StringBuilder();
        for (var part : set.split(",")) {
            var ends = part.split(":");
            found.append(LongStream.rangeClosed(
                            Math.max(first, Long.parseLong(ends[0])),
                            Math.min(last, Long.parseLong(ends[ends.length - 1])))
                    .mapToObj(uid -> separator + uid)
                    .collect(Collectors.joining()));
        }
        return found.toString();
    }

    private static void say(OutputStream out, String line) throws IOException {
        LineServer.say(out, line + "\r\n");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
