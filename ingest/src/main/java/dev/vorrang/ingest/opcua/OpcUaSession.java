package dev.vorrang.ingest.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.vorrang.ingest.opcua.OpcUaRefusedException.Concern;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.identity.X509IdentityProvider;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;

/** Makes sessions: endpoint, certificates, login. */
final class OpcUaSession {

    private final ServerAccess access;
    private final CertificateFolder certificates;

    OpcUaSession(ServerAccess access) {
        this.access = access;
        this.certificates = new CertificateFolder(access.certificates(), access.storePassword());
    }

    /**
     * Connects and logs in, one try.
     *
     * @return to be disconnected by the caller
     * @throws OpcUaRefusedException if server or trust list say no
     * @throws UaException if it does not work now
     */
    OpcUaClient open() throws UaException, OpcUaRefusedException, InterruptedException {
        OpcUaClient client = null;
        try {
            client = OpcUaClient.create(
                    access.endpoint(),
                    this::select,
                    transport -> transport.setConnectTimeout(millis()).setAcknowledgeTimeout(millis()),
                    this::configure);
            checkCertificate(client.getConfig().getEndpoint());
            client.connectAsync().get(2 * access.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return client;
        } catch (ExecutionException | TimeoutException | UaException | ConfigurationException e) {
            close(Optional.ofNullable(client));
            throw failure(e);
        } catch (InterruptedException e) {
            close(Optional.ofNullable(client));
            throw e;
        }
    }

    private UaException failure(Exception e) throws OpcUaRefusedException {
        if (e instanceof ConfigurationException wrong) {
            throw new OpcUaRefusedException(wrong.concern, access + ": " + e.getMessage(), e);
        }
        UaException ua = UaException.extract(e)
                .orElseGet(() -> new UaException(
                        e instanceof TimeoutException ? StatusCodes.Bad_Timeout : StatusCodes.Bad_UnexpectedError, e));
        if (OpcUaErrors.isRefusal(ua)) {
            throw new OpcUaRefusedException(concern(ua), access + ": " + OpcUaErrors.text(ua) + hint(ua), ua);
        }
        return ua;
    }

    private Concern concern(UaException refusal) {
        Concern concern = OpcUaErrors.concern(refusal);
        return concern == Concern.LOGIN && access.identity() instanceof Identity.Certificate
                ? Concern.USER_CERTIFICATE
                : concern;
    }

    private String hint(UaException e) {
        long code = e.getStatusCode().value();
        if (access.identity() instanceof Identity.Login login
                && Set.of(
                                StatusCodes.Bad_UserAccessDenied,
                                StatusCodes.Bad_IdentityTokenRejected,
                                StatusCodes.Bad_IdentityTokenInvalid)
                        .contains(code)) {
            return "; the server refuses the user '" + login.user() + "' or the password";
        }
        return code == StatusCodes.Bad_SecurityChecksFailed || code == StatusCodes.Bad_CertificateUntrusted
                ? "; the server may have to trust " + certificates.ownCertificate()
                : "";
    }

    static void close(Optional<OpcUaClient> client) {
        client.ifPresent(open -> open.disconnectAsync().exceptionally(e -> open));
    }

    /** Host and port stay those of the settings, for servers behind other names than they know. */
    private Optional<EndpointDescription> select(List<EndpointDescription> endpoints) {
        MessageSecurityMode mode = access.policy() == Policy.NONE
                ? MessageSecurityMode.None
                : access.encrypt() ? MessageSecurityMode.SignAndEncrypt : MessageSecurityMode.Sign;
        EndpointDescription endpoint = endpoints.stream()
                .filter(one ->
                        access.policy().uri().equals(one.getSecurityPolicyUri()) && one.getSecurityMode() == mode)
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        Concern.POLICY,
                        "the server has no endpoint with policy "
                                + access.policy().label() + " and mode " + mode + ", it has " + offered(endpoints)));
        return Optional.of(EndpointUtil.updateUrl(
                endpoint, EndpointUtil.getHost(access.endpoint()), EndpointUtil.getPort(access.endpoint())));
    }

    private static String offered(List<EndpointDescription> endpoints) {
        return endpoints.stream()
                .map(one -> one.getSecurityPolicyUri().replaceFirst(".*#", "") + "/" + one.getSecurityMode())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private void configure(OpcUaClientConfigBuilder config) {
        config.setApplicationName(LocalizedText.english("Vorrang"))
                .setRequestTimeout(millis())
                .setKeepAliveTimeout(millis())
                .setCertificateValidator(certificates)
                .setIdentityProvider(identity());
        if (access.policy() == Policy.NONE) {
            config.setApplicationUri("urn:vorrang");
            return;
        }
        try {
            CertificateFolder.Own own = certificates.own();
            config.setApplicationUri(own.applicationUri())
                    .setKeyPair(own.keys())
                    .setCertificate(own.certificate())
                    .setCertificateChain(Stream.of(own.certificate()).toArray(X509Certificate[]::new));
        } catch (IOException e) {
            throw new ConfigurationException(Concern.CERTIFICATES, e.getMessage(), e);
        }
    }

    private IdentityProvider identity() {
        if (access.identity() instanceof Identity.Login login) {
            try {
                return new UsernameProvider(login.user(), login.password().read());
            } catch (IOException e) {
                throw new ConfigurationException(Concern.LOGIN, e.getMessage(), e);
            }
        }
        if (access.identity() instanceof Identity.Certificate user) {
            try {
                var own = CertificateFolder.load(user.store(), user.password().toCharArray());
                return new X509IdentityProvider(own.certificate(), own.keys().getPrivate());
            } catch (IOException | GeneralSecurityException e) {
                throw new ConfigurationException(
                        Concern.USER_CERTIFICATE,
                        "user certificate " + user.store() + " cannot be used: " + e.getMessage(),
                        e);
            }
        }
        return AnonymousProvider.INSTANCE;
    }

    /** Before anything is sent to the server, and with words that a refusal amid the handshake would not have. */
    private void checkCertificate(EndpointDescription endpoint) throws UaException {
        if (access.policy() != Policy.NONE) {
            var chain = CertificateUtil.decodeCertificates(
                    endpoint.getServerCertificate().bytesOrEmpty());
            try {
                certificates.validateCertificateChain(
                        chain, endpoint.getServer().getApplicationUri(), null);
            } catch (UaException e) {
                throw new ConfigurationException(Concern.CERTIFICATES, e.getMessage(), e);
            }
        }
    }

    private UInteger millis() {
        return uint(access.timeout().toMillis());
    }

    /** Settings and what is there do not fit. */
    private static final class ConfigurationException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Concern concern;

        ConfigurationException(Concern concern, String message) {
            this(concern, message, null);
        }

        ConfigurationException(Concern concern, String message, Throwable cause) {
            super(message, cause);
            this.concern = concern;
        }
    }
}
