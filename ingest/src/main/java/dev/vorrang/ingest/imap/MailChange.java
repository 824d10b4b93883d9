package dev.vorrang.ingest.imap;

import java.util.List;
import java.util.Optional;

/**
 * What is to be done with a mail.
 *
 * @param flags keywords and system flags to add
 * @param labels Gmail's labels to add; ignored by other servers
 * @param copyTo folder that shall have a copy
 * @param moveTo folder that shall have the mail
 */
public record MailChange(List<String> flags, List<String> labels, Optional<String> copyTo, Optional<String> moveTo) {}
