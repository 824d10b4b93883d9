package dev.vorrang.ingest.imap;

import dev.vorrang.ingest.mail.MailId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Names the mails of a folder by URL, as RFC 5092 has it. */
final class MailSource {

    private final String prefix;

    MailSource(ImapAccount account, String folder) {
        var path = Arrays.stream(folder.split("/", -1)).map(MailSource::encode).collect(Collectors.joining("/"));
        var host = account.host().indexOf(':') < 0 ? account.host() : "[" + account.host() + "]";
        this.prefix = "imap://" + encode(account.user()) + "@" + host + "/" + path + ";UIDVALIDITY=";
    }

    String url(long uidValidity, long uid) {
        return prefix + uidValidity + "/;UID=" + uid;
    }

    /** Stands for the bytes of a mail that the server does not give. */
    byte[] digest(String url) {
        return MailId.digest(url.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
