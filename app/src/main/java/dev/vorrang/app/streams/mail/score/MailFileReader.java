package dev.vorrang.app.streams.mail.score;

import dev.vorrang.ingest.mail.DecoderLimits;
import dev.vorrang.ingest.mail.MailDecoder;
import dev.vorrang.ingest.mail.MailFiles;
import dev.vorrang.schemas.EmailMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Mails from .eml, mbox, Maildir or folders of these. A file of a folder that cannot be read is left out and remembered. */
public final class MailFileReader implements MailReader {

    private final MailFiles files;
    private final MailDecoder decoder;
    private final List<String> leftOut = new ArrayList<>();

    /** @throws IOException if there is no mail to read; the message says why */
    public MailFileReader(Path input, Clock clock) throws IOException {
        this.files = MailFiles.open(input);
        this.decoder = new MailDecoder(DecoderLimits.defaults(), clock);
    }

    @Override
    public Optional<EmailMessage> next() {
        while (true) {
            try {
                return files.hasNext() ? Optional.of(decoder.decode(files.next())) : Optional.empty();
            } catch (UncheckedIOException e) {
                leftOut.add(e.getCause().getMessage());
            }
        }
    }

    @Override
    public List<String> leftOut() {
        return leftOut;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
