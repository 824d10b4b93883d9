package dev.vorrang.ingest.imap;

import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.iap.ResponseHandler;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * What the server says of the open folder. It may say so with any answer, also while mails are read or right before it begins to
 * IDLE, and it says so only once: what is not remembered here would be noticed with the next look only. One thread uses it.
 */
final class FolderState implements ResponseHandler {

    private static final Pattern CODE =
            Pattern.compile("^\\* OK \\[(UIDVALIDITY|UIDNEXT) (\\d{1,10})]", Pattern.CASE_INSENSITIVE);

    private boolean looking;
    private int mails;
    private boolean grown;
    private long uidValidity = -1;
    private long uidNext = -1;
    private boolean renumbered;

    /** What is said from now on answers the look. */
    void beginLook() {
        looking = true;
        mails = 0;
        uidValidity = -1;
        uidNext = -1;
    }

    /** A look covers what was said of the folder; what the server tells from now on is news. */
    FolderSession.Snapshot endLook() {
        looking = false;
        grown = false;
        return new FolderSession.Snapshot(uidValidity, uidNext, mails);
    }

    /** That of the last look; -1 if the server did not tell. */
    long uidValidity() {
        return uidValidity;
    }

    /** Whether more mails were announced since the last look. One that went in between does not hide one that came. */
    boolean hasGrown() {
        return grown;
    }

    /** Whether the folder has another UIDVALIDITY than at the last look, so that UIDs mean other mails. */
    boolean isRenumbered() {
        return renumbered;
    }

    @Override
    public void handleResponse(Response response) {
        if (response instanceof IMAPResponse untagged && untagged.isUnTagged()) {
            if (untagged.keyEquals("EXISTS")) {
                grown |= untagged.getNumber() > mails;
                mails = untagged.getNumber();
            } else if (untagged.keyEquals("EXPUNGE")) {
                mails--;
            } else if (untagged.isOK()) {
                code(untagged.toString());
            }
        }
    }

    private void code(String line) {
        var code = CODE.matcher(line);
        if (!code.find()) {
            return;
        }
        long number = Long.parseLong(code.group(2));
        if ("UIDNEXT".equalsIgnoreCase(code.group(1))) {
            uidNext = number;
        } else {
            renumbered |= !looking && number != uidValidity;
            uidValidity = number;
        }
    }
}
