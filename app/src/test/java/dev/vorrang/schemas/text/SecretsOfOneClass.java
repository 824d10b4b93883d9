package dev.vorrang.schemas.text;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Forgets, before each class of tests, the secrets of the classes before it, which may be words that it expects to see. */
public final class SecretsOfOneClass implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        KnownSecrets.forget();
    }
}
