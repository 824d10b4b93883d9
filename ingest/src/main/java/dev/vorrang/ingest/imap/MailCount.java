package dev.vorrang.ingest.imap;

import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.iap.ResponseHandler;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * How many mails the server says there are. It may say so with any answer, also while mails are read or right before it begins to
 * IDLE, and it says so only once: what is not remembered here would be noticed with the next look only. One thread uses it.
 */
final class MailCount implements ResponseHandler {

    private int known;
    private boolean grown;

    /** A look covers so many mails; what the server tells from now on is news. */
    void covered(int mails) {
        known = mails;
        grown = false;
    }

    /** Whether more mails were announced since the last look. One that went in between does not hide one that came. */
    boolean hasGrown() {
        return grown;
    }

    @Override
    public void handleResponse(Response response) {
        if (response instanceof IMAPResponse untagged && untagged.isUnTagged()) {
            if (untagged.keyEquals("EXISTS")) {
                grown |= untagged.getNumber() > known;
                known = untagged.getNumber();
            } else if (untagged.keyEquals("EXPUNGE")) {
                known--;
            }
        }
    }
}
