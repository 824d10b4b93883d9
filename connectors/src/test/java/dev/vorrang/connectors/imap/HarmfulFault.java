package dev.vorrang.connectors.imap;

import java.util.Map;

/** Faults over which the mail of UID 3 cannot be had as it is; its record says so. */
enum HarmfulFault implements ImapFault {
    BODY_REFUSED("not for you") {
        @Override
        public String end(FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails) {
            return isBody && mails.containsKey(THIRD) ? "NO not for you" : "OK done";
        }

        @Override
        public String body(FaultyImapServer server, int uid, String mail) {
            return uid == THIRD ? "" : super.body(server, uid, mail);
        }
    },
    BODY_BAD("what") {
        @Override
        public String end(FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails) {
            return isBody && mails.containsKey(THIRD) ? "BAD what" : "OK done";
        }

        @Override
        public String body(FaultyImapServer server, int uid, String mail) {
            return uid == THIRD ? "" : super.body(server, uid, mail);
        }
    },
    BODY_UNAVAILABLE("[UNAVAILABLE] later") {
        @Override
        public String end(FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails) {
            return isBody && mails.containsKey(THIRD) ? "NO [UNAVAILABLE] later" : "OK done";
        }

        @Override
        public String body(FaultyImapServer server, int uid, String mail) {
            return uid == THIRD ? "" : super.body(server, uid, mail);
        }
    },
    BODY_EMPTY("the server sends no content") {
        @Override
        public String body(FaultyImapServer server, int uid, String mail) {
            return super.body(server, uid, uid == THIRD ? "" : mail);
        }
    },
    BODY_NIL("the server sends no content") {
        @Override
        public String body(FaultyImapServer server, int uid, String mail) {
            return uid == THIRD ? "* 3 FETCH (UID 3 BODY[] NIL)\r\n" : super.body(server, uid, mail);
        }
    },
    OTHER_UID("the server sends no content") {
        @Override
        public String body(FaultyImapServer server, int uid, String mail) {
            return uid == THIRD ? super.body(server, 103, mail) : super.body(server, uid, mail);
        }
    },
    BODY_SHORT("bytes and sends 60") {
        @Override
        public String body(FaultyImapServer server, int uid, String mail) {
            return super.body(server, uid, uid == THIRD ? mail.substring(0, 60) : mail);
        }
    },
    LITERAL_LONGER_THAN_SENT("Read timed out") {
        @Override
        public String body(FaultyImapServer server, int uid, String mail) {
            var usual = super.body(server, uid, mail);
            return uid == THIRD ? usual.replaceFirst("\\{\\d+}", "{9999}") : usual;
        }
    },
    LITERAL_OF_2_GB("announces 2147483647 bytes") {
        @Override
        public String body(FaultyImapServer server, int uid, String mail) {
            var usual = super.body(server, uid, mail);
            return uid == THIRD ? usual.replaceFirst("\\{\\d+}", "{2147483647}") : usual;
        }
    },
    LINE_WITHOUT_END("sends more than") {
        @Override
        public String told(
                FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails, String usual) {
            return isBody && mails.containsKey(THIRD) ? "* OK " + "x".repeat(4 << 20) : usual;
        }
    },
    CLOSES_AT_BODY("connection lost") {
        @Override
        public String told(
                FaultyImapServer server, String command, boolean isBody, Map<Integer, String> mails, String usual) {
            return isBody && mails.containsKey(THIRD) ? null : usual;
        }
    };

    private final String reason;

    HarmfulFault(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
