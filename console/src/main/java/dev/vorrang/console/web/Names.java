package dev.vorrang.console.web;

import io.undertow.util.HttpString;

/** Names of headers that Undertow has none for. */
final class Names {

    static final HttpString CSRF = HttpString.tryFromString("X-CSRF-Token");
    static final HttpString SEC_FETCH_SITE = HttpString.tryFromString("Sec-Fetch-Site");

    private Names() {}
}
