package dev.vorrang.ingest.opcua;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A server and how to reach it.
 *
 * @param endpoint opc.tcp://host:port/path; host and port are used whatever the server calls itself
 * @param policy how messages are protected
 * @param encrypt whether they are encrypted besides signed, if the policy is not none
 * @param identity as whom to log in
 * @param certificates folder of own certificate and trust list, see {@link CertificateFolder}
 * @param storePassword protects the own key in it; may be empty
 * @param timeout longest wait for a connection or an answer
 * @param retryMax longest wait between two tries to connect
 */
public record ServerAccess(
        String endpoint,
        Policy policy,
        boolean encrypt,
        Identity identity,
        Path certificates,
        String storePassword,
        Duration timeout,
        Duration retryMax) {

    /** The endpoint, for log lines. */
    @Override
    public String toString() {
        return endpoint;
    }
}
