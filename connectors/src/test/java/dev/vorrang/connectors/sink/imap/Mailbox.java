package dev.vorrang.connectors.sink.imap;

import dev.vorrang.connectors.imap.DovecotServer;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.eclipse.angus.mail.imap.IMAPFolder;

/** A mailbox as a person's mail program sees it. */
public final class Mailbox implements AutoCloseable {

    private final Store store;

    public Mailbox(DovecotServer server) throws MessagingException {
        store = Session.getInstance(new Properties()).getStore("imap");
        store.connect("127.0.0.1", server.port(), DovecotServer.USER, DovecotServer.PASSWORD);
    }

    /** Each mail of a folder as its subject and flags, in their order. */
    public List<String> mails(String name) throws MessagingException {
        var folder = store.getFolder(name);
        if (!folder.exists()) {
            return List.of();
        }
        folder.open(Folder.READ_ONLY);
        var mails = new ArrayList<String>();
        for (var mail : folder.getMessages()) {
            var flags = new TreeSet<>(Arrays.asList(mail.getFlags().getUserFlags()));
            Arrays.stream(mail.getFlags().getSystemFlags())
                    .map(Mailbox::name)
                    .filter(flag -> !flag.isEmpty())
                    .forEach(flags::add);
            mails.add((mail.getSubject() + " " + String.join(" ", flags)).strip());
        }
        folder.close(false);
        return mails;
    }

    private static String name(jakarta.mail.Flags.Flag flag) {
        if (flag == jakarta.mail.Flags.Flag.FLAGGED) {
            return "\\Flagged";
        }
        return flag == jakarta.mail.Flags.Flag.DELETED ? "\\Deleted" : "";
    }

    void move(String subject, String from, String to) throws MessagingException {
        if (!store.getFolder(to).exists()) {
            store.getFolder(to).create(Folder.HOLDS_MESSAGES);
        }
        var folder = (IMAPFolder) store.getFolder(from);
        folder.open(Folder.READ_WRITE);
        folder.moveMessages(named(folder, subject), store.getFolder(to));
        folder.close(false);
    }

    void delete(String subject, String from, boolean expunge) throws MessagingException {
        var folder = store.getFolder(from);
        folder.open(Folder.READ_WRITE);
        folder.setFlags(named(folder, subject), new jakarta.mail.Flags(jakarta.mail.Flags.Flag.DELETED), true);
        folder.close(expunge);
    }

    private static Message[] named(Folder folder, String subject) throws MessagingException {
        var found = new ArrayList<Message>();
        for (var mail : folder.getMessages()) {
            if (mail.getSubject().equals(subject)) {
                found.add(mail);
            }
        }
        return found.toArray(Message[]::new);
    }

    @Override
    public void close() throws MessagingException {
        store.close();
    }
}
