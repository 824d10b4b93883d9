package dev.vorrang.app.program;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.vorrang.schemas.text.ForeignText;

/** {@code %ex} of the log, as {@link SafeMessage}. */
public final class SafeStackTrace extends ThrowableProxyConverter {

    @Override
    protected String throwableProxyToString(IThrowableProxy error) {
        return ForeignText.lines(super.throwableProxyToString(error));
    }
}
