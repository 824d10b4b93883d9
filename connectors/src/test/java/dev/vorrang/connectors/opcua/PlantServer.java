package dev.vorrang.connectors.opcua;

import static org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS;
import static org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig.USER_TOKEN_POLICY_USERNAME;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.CompositeValidator;
import org.eclipse.milo.opcua.sdk.server.identity.UsernameIdentityValidator;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** Milo's server with a plant in it; takes anybody, and anna with her password. */
final class PlantServer implements AutoCloseable {

    static final String USER = "anna";
    static final String PASSWORD = "secret";
    private static final String APPLICATION = "urn:test:plant";

    private final OpcUaServer server;
    private final PlantNamespace plant;

    private PlantServer(OpcUaServer server, PlantNamespace plant) {
        this.server = server;
        this.plant = plant;
    }

    static PlantServer start(int port) throws Exception {
        var certificates = DefaultApplicationGroup.createAndInitialize(
                new MemoryTrustListManager(),
                new MemoryCertificateStore(),
                new SelfSigned(),
                new CertificateValidator.InsecureCertificateValidator());
        X509Certificate certificate = certificates.getCertificateChain(NodeIds.RsaSha256ApplicationCertificateType)
                .orElseThrow()[0];
        var config = OpcUaServerConfig.builder()
                .setApplicationUri(APPLICATION)
                .setEndpoints(endpoints(port, certificate))
                .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine(), certificates))
                .setIdentityValidator(new CompositeValidator(
                        AnonymousIdentityValidator.INSTANCE,
                        new UsernameIdentityValidator(
                                login -> USER.equals(login.getUsername()) && PASSWORD.equals(login.getPassword()))))
                .build();
        var server = new OpcUaServer(
                config,
                profile -> new OpcTcpServerTransport(
                        OpcTcpServerTransportConfig.newBuilder().build()));
        var plant = new PlantNamespace(server);
        plant.startup();
        server.startup().get(30, TimeUnit.SECONDS);
        return new PlantServer(server, plant);
    }

    private static Set<EndpointConfig> endpoints(int port, X509Certificate certificate) {
        var endpoint = EndpointConfig.newBuilder()
                .setBindAddress("127.0.0.1")
                .setHostname("plant.invalid")
                .setBindPort(port)
                .setPath("/plant")
                .setCertificate(certificate)
                .addTokenPolicies(USER_TOKEN_POLICY_ANONYMOUS, USER_TOKEN_POLICY_USERNAME);
        var endpoints = new LinkedHashSet<EndpointConfig>();
        endpoints.add(endpoint.copy()
                .setSecurityPolicy(SecurityPolicy.None)
                .setSecurityMode(MessageSecurityMode.None)
                .build());
        endpoints.add(endpoint.copy()
                .setSecurityPolicy(SecurityPolicy.Basic256Sha256)
                .setSecurityMode(MessageSecurityMode.SignAndEncrypt)
                .build());
        return endpoints;
    }

    PlantNamespace plant() {
        return plant;
    }

    @Override
    public void close() {
        plant.shutdown();
        server.shutdown().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static final class SelfSigned extends RsaSha256CertificateFactory {
        @Override
        protected X509Certificate[] createRsaSha256CertificateChain(KeyPair keys) {
            try {
                return new X509Certificate[] {
                    new SelfSignedCertificateBuilder(keys)
                            .setCommonName("Plant")
                            .setApplicationUri(APPLICATION)
                            .addDnsName("plant.invalid")
                            .build()
                };
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
