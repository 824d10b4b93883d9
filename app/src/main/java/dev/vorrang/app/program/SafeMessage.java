package dev.vorrang.app.program;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.vorrang.schemas.text.ForeignText;

/** {@code %msg} of the log: what others wrote in it is harmless, a further line of it looks like no line of the log. */
public final class SafeMessage extends MessageConverter {

    @Override
    public String convert(ILoggingEvent event) {
        var message = super.convert(event);
        return message == null ? "" : ForeignText.lines(message).replace("\n", "\n    ");
    }
}
