package dev.vorrang.connectors.imap;

import java.util.Map;

/** What a {@link FaultyImapServer} does that other servers do not, mostly with the mail of UID 3. Each answer is the usual one here. */
interface ImapFault {

    int THIRD = 3;

    default String capabilities() {
        return " IDLE";
    }

    /** Whether two of the mails come only when the test delivers them. */
    default boolean hasMailsLater() {
        return false;
    }

    default String exists(int mails) {
        return Integer.toString(mails);
    }

    default String uidNext(FaultyImapServer server) {
        return "* OK [UIDNEXT " + (server.highest() + 1) + "] ok\r\n";
    }

    /** UIDs that a search gives, each with a space before it. */
    default String found(FaultyImapServer server, Map<Integer, String> mails) {
        return FaultyImapServer.uids(mails.keySet().stream().mapToLong(uid -> uid));
    }

    default String summary(FaultyImapServer server, int uid, String mail) {
        return FaultyImapServer.summary(uid, mail);
    }

    default String body(FaultyImapServer server, int uid, String mail) {
        return FaultyImapServer.body(uid, mail);
    }

    /** All that is said before the end of a command, or null to end the connection. */
    default String told(
            FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails, String usual) {
        return usual;
    }

    /** The end of a command. */
    default String end(FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails) {
        return "OK done";
    }

    /** Empty to begin to idle, null to end the connection, or what is said instead, with TAG for the command's tag. */
    default String idle(FaultyImapServer server) {
        return "";
    }
}
