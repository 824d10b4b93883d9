package dev.vorrang.connectors.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;

/** Text in JSON. Thread-safe. */
public final class JsonText {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** As it stands between the quotes of a string. */
    public static String escape(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    /** @throws DeliveryException if what a template gave is no JSON */
    public static void check(String text) throws DeliveryException {
        try (var parser = JSON.createParser(text)) {
            while (parser.nextToken() != null) {
                // To its end.
            }
        } catch (IOException e) {
            throw DeliveryException.refused("the template gives no JSON for this action: " + e.getMessage(), e);
        }
    }
}
