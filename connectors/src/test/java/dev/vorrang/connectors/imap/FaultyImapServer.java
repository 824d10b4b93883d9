package dev.vorrang.connectors.imap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A server with five mails, UIDs 1 to 5, that answers as RFC 3501 has it but for one {@link ImapFault}. */
final class FaultyImapServer implements AutoCloseable {

    static final int MAILS = 5;

    private final LineServer server;
    private final ImapFault fault;
    private final Map<Integer, String> mails = new TreeMap<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private volatile int uidValidity = 7;

    FaultyImapServer(ImapFault fault) throws IOException {
        this(fault, Map.of());
        for (int uid = 1; uid <= (fault.hasMailsLater() ? 3 : MAILS); uid++) {
            deliver(uid);
        }
    }

    /** @param mails by UID, in each of its folders, of which there is one of any name */
    FaultyImapServer(ImapFault fault, Map<Integer, String> mails) throws IOException {
        this.fault = fault;
        this.mails.putAll(mails);
        this.server = new LineServer(this::serve);
    }

    Map<String, String> settings() {
        return ImapTaskRun.config(
                server.port(),
                ImapSettings.TIMEOUT_MS,
                "2000",
                ImapSettings.RETRY_MAX_MS,
                "1000",
                ImapSettings.POLL_INTERVAL_MS,
                "1000");
    }

    void deliver(int uid) {
        synchronized (mails) {
            mails.put(uid, TestMails.mail(uid).replace("\n", "\r\n"));
        }
    }

    void expunge(int uid) {
        synchronized (mails) {
            mails.remove(uid);
        }
    }

    void renumber(int validity) {
        uidValidity = validity;
    }

    /** How often something happened: a command by its name, LOGIN, connections, or what a fault counts. */
    int count(String what) {
        return counter(what).get();
    }

    int countOne(String what) {
        return counter(what).incrementAndGet();
    }

    private AtomicInteger counter(String what) {
        return counts.computeIfAbsent(what, key -> new AtomicInteger());
    }

    private void serve(BufferedReader in, OutputStream out) throws IOException {
        int open = countOne("open");
        counter("most open").accumulateAndGet(open, Math::max);
        try {
            LineServer.say(out, "* OK ready\r\n");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var words = line.split(" ", 3);
                var arguments = words.length > 2 ? words[2] : "";
                var command = words[1];
                if (command.equals("UID")) {
                    var more = arguments.split(" ", 2);
                    command = "UID " + more[0];
                    arguments = more[1];
                }
                countOne(command);
                if (!answer(in, out, words[0], command, arguments)) {
                    return;
                }
            }
        } finally {
            counter("open").decrementAndGet();
        }
    }

    /** Whether the connection goes on. */
    private boolean answer(BufferedReader in, OutputStream out, String tag, String command, String arguments)
            throws IOException {
        if (command.equals("IDLE")) {
            return idle(in, out, tag);
        }
        var wanted = command.equals("UID FETCH") ? mails(arguments.split(" ")[0]) : Map.<Integer, String>of();
        boolean isBody = arguments.contains("BODY");
        var usual =
                switch (command) {
                    case "CAPABILITY" -> "* CAPABILITY IMAP4rev1" + fault.capabilities() + "\r\n";
                    case "LIST" -> "* LIST () \"/\" INBOX\r\n";
                    case "EXAMINE" -> examined();
                    case "UID SEARCH" -> "* SEARCH" + fault.found(this, mails(arguments.substring(4))) + "\r\n";
                    case "UID FETCH" -> fetched(wanted, isBody);
                    default -> "";
                };
        if (command.equals("UID FETCH") && isBody && arguments.contains("<")) {
            usual = part(wanted, arguments);
        }
        var told = fault.told(this, command, isBody, wanted, usual);
        if (told == null) {
            return false;
        }
        LineServer.say(out, told);
        var end = fault.end(this, command, isBody, wanted);
        LineServer.say(out, tag + " " + end + "\r\n");
        return true;
    }

    private boolean idle(BufferedReader in, OutputStream out, String tag) throws IOException {
        var begin = fault.idle(this);
        if (begin == null) {
            return false;
        }
        LineServer.say(out, begin.isEmpty() ? "+ idling\r\n" : begin.replace("TAG", tag) + "\r\n");
        if (begin.startsWith("* BYE")) {
            return false;
        }
        if (begin.isEmpty()) {
            in.readLine();
            LineServer.say(out, tag + " OK done\r\n");
        }
        return true;
    }

    private String examined() {
        synchronized (mails) {
            return "* %s EXISTS\r\n* OK [UIDVALIDITY %d] ok\r\n%s"
                    .formatted(fault.exists(mails.size()), uidValidity, fault.uidNext(this));
        }
    }

    private Map<Integer, String> mails(String set) {
        var uids = new TreeMap<Integer, String>();
        synchronized (mails) {
            for (var part : set.split(",")) {
                var ends = part.split(":");
                long from = Long.parseLong(ends[0]);
                long to = Long.parseLong(ends[ends.length - 1]);
                mails.forEach((uid, mail) -> {
                    if (uid >= from && uid <= to) {
                        uids.put(uid, mail);
                    }
                });
            }
        }
        return uids;
    }

    private String fetched(Map<Integer, String> wanted, boolean isBody) {
        return wanted.entrySet().stream()
                .map(entry -> isBody
                        ? fault.body(this, entry.getKey(), entry.getValue())
                        : fault.summary(this, entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
    }

    private String part(Map<Integer, String> wanted, String arguments) {
        var range = arguments.replaceAll(".*<(\\d+)\\.(\\d+)>.*", "$1 $2").split(" ");
        int from = Integer.parseInt(range[0]);
        return wanted.entrySet().stream()
                .map(entry -> {
                    var mail = entry.getValue();
                    int to = Math.min(mail.length(), from + Integer.parseInt(range[1]));
                    var part = from >= mail.length() ? "" : mail.substring(from, to);
                    return fault.body(this, entry.getKey(), part).replace("BODY[]", "BODY[]<" + from + ">");
                })
                .collect(Collectors.joining());
    }

    static String body(int uid, String mail) {
        return "* %d FETCH (UID %d BODY[] {%d}\r\n%s)\r\n".formatted(uid, uid, mail.length(), mail);
    }

    static String summary(int uid, String mail) {
        return summary(uid, "\"05-Jan-2026 10:00:00 +0000\"", Integer.toString(mail.length()));
    }

    static String summary(int uid, String time, String size) {
        return "* %d FETCH (UID %d INTERNALDATE %s RFC822.SIZE %s)\r\n".formatted(uid, uid, time, size);
    }

    static String uids(LongStream uids) {
        return uids.mapToObj(uid -> " " + uid).collect(Collectors.joining());
    }

    int highest() {
        synchronized (mails) {
            return mails.keySet().stream().mapToInt(uid -> uid).max().orElse(0);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
