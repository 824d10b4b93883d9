package dev.vorrang.connectors.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.vorrang.ingest.connection.ClientCertificate;
import dev.vorrang.ingest.connection.TrustedCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings that say which certificates a client trusts, and which it has itself.
 *
 * @param prefix of the settings' names, such as {@code mqtt}
 */
public record TlsSettings(String prefix) {

    private static final String NONE = "";

    public String caFile() {
        return prefix + ".tls.ca.file";
    }

    public String truststoreFile() {
        return prefix + ".tls.truststore.file";
    }

    public String truststorePassword() {
        return prefix + ".tls.truststore.password";
    }

    public String certificateFile() {
        return prefix + ".tls.certificate.file";
    }

    public String keyFile() {
        return prefix + ".tls.key.file";
    }

    public String keystoreFile() {
        return prefix + ".tls.keystore.file";
    }

    public String keystorePassword() {
        return prefix + ".tls.keystore.password";
    }

    /** Adds the settings of the certificates to trust. */
    public void defineTrust(ConfigDef definition) {
        definition
                .define(
                        caFile(),
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "PEM file with the certificates to trust, instead of Java's defaults.")
                .define(
                        truststoreFile(),
                        Type.STRING,
                        NONE,
                        LOW,
                        "PKCS#12 or JKS file with the certificates to trust, instead of Java's defaults.")
                .define(truststorePassword(), Type.PASSWORD, NONE, LOW, "Password of the trust store, if it has one.");
    }

    /** Adds the settings of the client's own certificate. */
    public void defineKeys(ConfigDef definition) {
        definition
                .define(
                        certificateFile(),
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "PEM file with the client certificate and its chain.")
                .define(
                        keyFile(),
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "PEM file with the client key (PKCS#8, without password).")
                .define(
                        keystoreFile(),
                        Type.STRING,
                        NONE,
                        LOW,
                        "PKCS#12 or JKS file with client certificate and key, instead of the two PEM files.")
                .define(keystorePassword(), Type.PASSWORD, NONE, LOW, "Password of the key store.");
    }

    /** Looks for files that are not there and settings that exclude each other. */
    public void check(SettingProblems problems) {
        problems.notBoth(caFile(), truststoreFile());
        problems.notBoth(certificateFile(), keystoreFile());
        if (problems.has(certificateFile()) != problems.has(keyFile())) {
            problems.add(
                    keyFile(),
                    "one of " + certificateFile() + " and " + keyFile() + " is set: allowed are both or none");
        }
        problems.file(caFile());
        problems.file(truststoreFile());
        problems.file(certificateFile());
        problems.file(keyFile());
        problems.file(keystoreFile());
    }

    /**
     * The certificates to trust.
     *
     * @return empty for those that Java trusts
     * @throws ConfigException if the file cannot be used
     */
    public Optional<TrustManagerFactory> trust(AbstractConfig config) {
        try {
            var pem = given(config, caFile());
            if (pem.isPresent()) {
                return Optional.of(TrustedCertificates.pem(pem.get()));
            }
            var store = given(config, truststoreFile());
            if (store.isEmpty()) {
                return Optional.empty();
            }
            var password = config.getPassword(truststorePassword()).value();
            return Optional.of(
                    TrustedCertificates.store(store.get(), password.isEmpty() ? null : password.toCharArray()));
        } catch (IOException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    /**
     * The client's certificate and key.
     *
     * @return empty for none
     * @throws ConfigException if a file cannot be used
     */
    public Optional<KeyManagerFactory> keys(AbstractConfig config) {
        try {
            var pem = given(config, certificateFile());
            if (pem.isPresent()) {
                return Optional.of(ClientCertificate.pem(pem.get(), Path.of(config.getString(keyFile()))));
            }
            var store = given(config, keystoreFile());
            return store.isEmpty()
                    ? Optional.empty()
                    : Optional.of(ClientCertificate.store(
                            store.get(),
                            config.getPassword(keystorePassword()).value().toCharArray()));
        } catch (IOException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private static Optional<Path> given(AbstractConfig config, String name) {
        return Optional.of(config.getString(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }
}
