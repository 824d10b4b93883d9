package dev.vorrang.connectors.imap;

import java.util.Map;
import java.util.stream.LongStream;

/** The mail of UID 3 goes after the search found it, before it is read. */
record ExpungesWhileRead(boolean isBeforeSummary) implements ImapFault {

    @Override
    public String told(
            FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails, String usual) {
        boolean isNow = command.equals("UID FETCH") && isBody != isBeforeSummary && mails.containsKey(THIRD);
        if (!isNow) {
            return usual;
        }
        server.expunge(THIRD);
        var others = LongStream.of(mails.keySet().stream().mapToLong(uid -> uid).toArray());
        var told = new StringBuilder();
        others.filter(uid -> uid != THIRD).forEach(uid -> {
            var mail = mails.get((int) uid);
            told.append(isBody ? body(server, (int) uid, mail) : summary(server, (int) uid, mail));
        });
        return told + "* 3 EXPUNGE\r\n";
    }
}
