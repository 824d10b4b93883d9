package dev.vorrang.ingest.opcua;

import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;

/** Security policies (part 7) that are still allowed, and none. */
public enum Policy {
    NONE("None", SecurityPolicy.None),
    BASIC256SHA256("Basic256Sha256", SecurityPolicy.Basic256Sha256),
    AES128_SHA256_RSAOAEP("Aes128_Sha256_RsaOaep", SecurityPolicy.Aes128_Sha256_RsaOaep),
    AES256_SHA256_RSAPSS("Aes256_Sha256_RsaPss", SecurityPolicy.Aes256_Sha256_RsaPss);

    private final String label;
    private final SecurityPolicy milo;

    Policy(String label, SecurityPolicy milo) {
        this.label = label;
        this.milo = milo;
    }

    /** As the specification writes it. */
    public String label() {
        return label;
    }

    String uri() {
        return milo.getUri();
    }
}
