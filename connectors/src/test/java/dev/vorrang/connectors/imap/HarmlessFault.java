package dev.vorrang.connectors.imap;

import java.util.Map;

/** Faults over which every mail comes as it is. */
enum HarmlessFault implements ImapFault {
    SUMMARY_LEFT_OUT_ONCE {
        @Override
        public String summary(FaultyImapServer server, int uid, String mail) {
            return uid == THIRD && server.countOne("third") == 1 ? "" : super.summary(server, uid, mail);
        }
    },
    SUMMARY_LEFT_OUT {
        @Override
        public String summary(FaultyImapServer server, int uid, String mail) {
            return uid == THIRD ? "" : super.summary(server, uid, mail);
        }
    },
    NO_INTERNALDATE {
        @Override
        public String summary(FaultyImapServer server, int uid, String mail) {
            return uid == THIRD
                    ? FaultyImapServer.summary(uid, "NIL", Integer.toString(mail.length()))
                    : super.summary(server, uid, mail);
        }
    },
    NO_SIZE {
        @Override
        public String summary(FaultyImapServer server, int uid, String mail) {
            return uid == THIRD
                    ? FaultyImapServer.summary(uid, "\"05-Jan-2026 10:00:00 +0000\"", "NIL")
                    : super.summary(server, uid, mail);
        }
    },
    SIZES_ESTIMATED {
        @Override
        public String summary(FaultyImapServer server, int uid, String mail) {
            return FaultyImapServer.summary(
                    uid, "\"05-Jan-2026 10:00:00 +0000\"", Integer.toString(mail.length() + mail.length() / 10));
        }
    },
    DATE_NOT_TO_BE_UNDERSTOOD {
        @Override
        public String summary(FaultyImapServer server, int uid, String mail) {
            return FaultyImapServer.summary(uid, "\"yesterday\"", Integer.toString(mail.length()));
        }
    },
    SUMMARY_IN_TWO_RESPONSES {
        @Override
        public String summary(FaultyImapServer server, int uid, String mail) {
            return "* %1$d FETCH (UID %1$d INTERNALDATE \"05-Jan-2026 10:00:00 +0000\")\r\n* %1$d FETCH (RFC822.SIZE %2$d)\r\n"
                    .formatted(uid, mail.length());
        }
    },
    BODY_IN_TWO_RESPONSES {
        @Override
        public String body(FaultyImapServer server, int uid, String mail) {
            return "* %1$d FETCH (UID %1$d)\r\n* %1$d FETCH (BODY[] {%2$d}\r\n%3$s)\r\n"
                    .formatted(uid, mail.length(), mail);
        }
    },
    UNASKED_ITEMS {
        @Override
        public String summary(FaultyImapServer server, int uid, String mail) {
            return "* %d FETCH (FLAGS (\\Seen $Label) MODSEQ (77) X-LABELS (\"a (b\" {3}\r\n)) \\Inbox) UID %d INTERNALDATE \"05-Jan-2026 10:00:00 +0000\" EMAILID NIL RFC822.SIZE %d)\r\n"
                    .formatted(uid, uid, mail.length());
        }
    },
    FLAGS_IN_BETWEEN {
        @Override
        public String told(
                FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails, String usual) {
            return command.equals("UID FETCH")
                    ? "* 3 FETCH (FLAGS (\\Seen))\r\n" + usual + "* 2 FETCH (FLAGS () UID 2)\r\n"
                    : usual;
        }
    },
    SUMMARIES_REFUSED {
        @Override
        public String end(FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails) {
            return command.equals("UID FETCH") && !isBody && mails.containsKey(THIRD)
                    ? "NO [SERVERBUG] one is broken"
                    : "OK done";
        }

        @Override
        public String told(
                FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails, String usual) {
            return end(server, command, isBody, mails).startsWith("NO") ? "" : usual;
        }
    },
    SUMMARIES_BAD {
        @Override
        public String end(FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails) {
            return command.equals("UID FETCH") && !isBody ? "BAD what" : "OK done";
        }

        @Override
        public String told(
                FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails, String usual) {
            return end(server, command, isBody, mails).startsWith("BAD") ? "" : usual;
        }
    },
    CLOSES_AT_SUMMARY {
        @Override
        public String told(
                FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails, String usual) {
            return command.equals("UID FETCH") && !isBody && mails.containsKey(THIRD) ? null : usual;
        }
    },
    BODIES_REFUSED_TOGETHER {
        @Override
        public String end(FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails) {
            return isBody && mails.size() > 1 ? "NO too many" : "OK done";
        }

        @Override
        public String told(
                FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails, String usual) {
            return isBody && mails.size() > 1 ? "" : usual;
        }
    },
    BODY_EMPTY_ONCE {
        @Override
        public String body(FaultyImapServer server, int uid, String mail) {
            return super.body(server, uid, uid == THIRD && server.countOne("third") == 1 ? "" : mail);
        }
    },
    BODY_SHORT_ONCE {
        @Override
        public String body(FaultyImapServer server, int uid, String mail) {
            return super.body(
                    server, uid, uid == THIRD && server.countOne("third") == 1 ? mail.substring(0, 60) : mail);
        }
    },
    BODY_WITHOUT_UID {
        @Override
        public String body(FaultyImapServer server, int uid, String mail) {
            return super.body(server, uid, mail).replace("UID " + uid + " ", uid == THIRD ? "" : "UID " + uid + " ");
        }
    },
    SEARCH_LEAVES_OUT {
        @Override
        public String found(FaultyImapServer server, Map<Integer, String> mails) {
            return super.found(server, mails).replace(" 3", "").replace(" 5", "");
        }
    },
    SEARCH_REPEATS {
        @Override
        public String found(FaultyImapServer server, Map<Integer, String> mails) {
            return super.found(server, mails) + super.found(server, mails) + " 3 77";
        }
    },
    SEARCH_REFUSED {
        @Override
        public String found(FaultyImapServer server, Map<Integer, String> mails) {
            return "";
        }

        @Override
        public String end(FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails) {
            return command.equals("UID SEARCH") ? "NO not now" : "OK done";
        }
    },
    UIDNEXT_NIL {
        @Override
        public String uidNext(FaultyImapServer server) {
            return "* OK [UIDNEXT NIL] ok\r\n";
        }
    },
    UIDNEXT_ABSENT {
        @Override
        public String uidNext(FaultyImapServer server) {
            return "";
        }
    },
    EXISTS_WITHOUT_END {
        @Override
        public String exists(int mails) {
            return Integer.toString(Integer.MAX_VALUE);
        }
    },
    NUMBERED_ANEW_WHILE_READ {
        @Override
        public String told(
                FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails, String usual) {
            if (isBody && server.countOne("bodies") == 1) {
                server.renumber(8);
                return "* OK [UIDVALIDITY 8] changed\r\n" + usual;
            }
            return usual;
        }
    },
    NO_IDLE {
        @Override
        public String capabilities() {
            return "";
        }

        @Override
        public boolean hasMailsLater() {
            return true;
        }
    },
    IDLE_NO {
        @Override
        public String idle(FaultyImapServer server) {
            return "TAG NO not for you";
        }

        @Override
        public boolean hasMailsLater() {
            return true;
        }
    },
    IDLE_BAD {
        @Override
        public String idle(FaultyImapServer server) {
            return "TAG BAD what is IDLE";
        }

        @Override
        public boolean hasMailsLater() {
            return true;
        }
    },
    IDLE_BYE {
        @Override
        public String idle(FaultyImapServer server) {
            return "* BYE idle not";
        }

        @Override
        public boolean hasMailsLater() {
            return true;
        }
    },
    IDLE_CLOSES {
        @Override
        public String idle(FaultyImapServer server) {
            return null;
        }

        @Override
        public boolean hasMailsLater() {
            return true;
        }
    }
}
