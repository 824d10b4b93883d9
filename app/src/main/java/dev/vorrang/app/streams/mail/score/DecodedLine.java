package dev.vorrang.app.streams.mail.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.Attachment;
import dev.vorrang.schemas.EmailMessage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A decoded mail as one line of JSON. {@code file} is the path within the input folder, or the file's name; {@code number} counts the
 * mails of an mbox from 1, and is null for a file with one mail. {@code from} has the addresses, {@code fromNames} the names in the
 * same order, null where there is none. The other fields are those of {@link EmailMessage}.
 */
public final class DecodedLine {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** @param input file or folder that the mails are read from */
    public DecodedLine(Path input) {
        Path absolute = input.toAbsolutePath().normalize();
        this.folder = Files.isDirectory(absolute) ? absolute : absolute.getParent();
    }

    /** One line, without its end. */
    public String of(EmailMessage mail) {
        var fields = new LinkedHashMap<String, Object>();
        URI source = URI.create(mail.getSource());
        fields.put("file", file(source));
        fields.put("number", source.getFragment() == null ? null : Integer.valueOf(source.getFragment()));
        fields.put("subject", mail.getSubject());
        fields.put("from", mail.getFrom().stream().map(Address::getAddress).toList());
        fields.put("fromNames", mail.getFrom().stream().map(Address::getName).toList());
        fields.put("text", mail.getText());
        fields.put("quoted", mail.getQuoted());
        fields.put("textOrigin", mail.getTextOrigin().name());
        fields.put("automatic", mail.getAutomatic().name());
        fields.put("parseStatus", mail.getParseStatus().name());
        fields.put("notes", mail.getParseNotes());
        fields.put(
                "attachments",
                mail.getAttachments().stream().map(DecodedLine::attachment).toList());
        fields.put("thread", mail.getThread());
        fields.put("deliveredTo", mail.getDeliveredTo());
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings, numbers, lists and maps have a JSON form", e);
        }
    }

    private String file(URI source) {
        Path path = Path.of(URI.create("file://" + source.getRawPath()));
        return folder.relativize(path).toString();
    }

    private static Map<String, Object> attachment(Attachment attachment) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", attachment.getName());
        fields.put("type", attachment.getType());
        fields.put("size", attachment.getSize());
        return fields;
    }
}
