package dev.vorrang.connectors.imap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Three mails, of which the second cannot be read: the server says NO, or ends the connection. No IDLE, no UIDNEXT. */
final class ScriptedImapServer implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final boolean dropsConnection;

    ScriptedImapServer(boolean dropsConnection) throws IOException {
        this.dropsConnection = dropsConnection;
        run(() -> {
            while (true) {
                var client = listener.accept();
                run(() -> serve(client));
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // Closed by the other end, or by the test.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            var out = client.getOutputStream();
            say(out, "* OK ready");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var words = line.split(" ", 4);
                var command = words[1].equals("UID") ? "UID " + words[2] : words[1];
                var rest = words.length > 3 ? words[3] : "";
                switch (command) {
                    case "CAPABILITY" -> say(out, "* CAPABILITY IMAP4rev1");
                    case "EXAMINE" -> say(out, "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok");
                    case "UID SEARCH" -> say(out, "* SEARCH" + uids(rest.replace("UID ", ""), " "));
                    case "UID FETCH" -> {
                        if (rest.contains("BODY") && wants(rest, 2)) {
                            if (dropsConnection) {
                                return;
                            }
                            say(out, words[0] + " NO cannot read");
                            continue;
                        }
                        fetch(out, rest);
                    }
                    default -> {}
                }
                say(out, words[0] + " OK done");
            }
        }
    }

    private static void fetch(OutputStream out, String rest) throws IOException {
        for (long uid = 1; uid <= 3; uid++) {
            if (wants(rest, uid)) {
                var mail = TestMails.mail((int) uid).replace("\n", "\r\n");
                say(
                        out,
                        rest.contains("BODY")
                                ? "* %d FETCH (UID %d BODY[] {%d}\r\n%s)".formatted(uid, uid, mail.length(), mail)
                                : "* %d FETCH (UID %d INTERNALDATE \"05-Jan-2026 10:00:00 +0000\" RFC822.SIZE %d)"
                                        .formatted(uid, uid, mail.length()));
            }
        }
    }

    private static boolean wants(String rest, long uid) {
        return uids(rest.split(" ")[0], " ").contains(" " + uid);
    }

    private static String uids(String set, String separator) {
        var found = new StringBuilder();
        for (var part : set.split(",")) {
            var ends = part.split(":");
            found.append(
                    LongStream.rangeClosed(Long.parseLong(ends[0]), Math.min(3, Long.parseLong(ends[ends.length - 1])))
                            .mapToObj(uid -> separator + uid)
                            .collect(Collectors.joining()));
        }
        return found.toString();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
