package dev.vorrang.ingest.opcua;

import dev.vorrang.ingest.opcua.OpcUaRefusedException.Concern;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** Status codes in words, and which of them do not go away by themselves. */
final class OpcUaErrors {

    private static final Set<Long> LOGIN = Set.of(
            StatusCodes.Bad_IdentityTokenInvalid,
            StatusCodes.Bad_IdentityTokenRejected,
            StatusCodes.Bad_UserAccessDenied,
            StatusCodes.Bad_UserSignatureInvalid);
    private static final Set<Long> NODES = Set.of(StatusCodes.Bad_NodeIdUnknown, StatusCodes.Bad_NodeIdInvalid);

    private OpcUaErrors() {}

    /** Name of the code, such as Bad_SensorFailure; its number in hex if it has none. */
    static String name(StatusCode status) {
        long code = status.value() & 0xFFFF_0000L;
        return StatusCodes.lookup(code).map(words -> words[0]).orElseGet(() -> "0x%08X".formatted(code));
    }

    static String text(UaException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        String name = name(e.getStatusCode());
        return message.contains(name) ? message : name + " " + message;
    }

    /** Whether the server, or the trust list, says no rather than not now. */
    static boolean isRefusal(UaException e) {
        long code = e.getStatusCode().value();
        return code == StatusCodes.Bad_ConfigurationError
                || LOGIN.contains(code)
                || NODES.contains(code)
                || e.getStatusCode().isSecurityError();
    }

    /** What a refusal is about: what is neither the login nor the nodes is the certificates. */
    static Concern concern(UaException refusal) {
        long code = refusal.getStatusCode().value();
        if (LOGIN.contains(code)) {
            return Concern.LOGIN;
        }
        return NODES.contains(code) ? Concern.NODES : Concern.CERTIFICATES;
    }
}
