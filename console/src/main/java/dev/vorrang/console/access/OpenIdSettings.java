package dev.vorrang.console.access;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An OpenID provider that vouches for users.
 *
 * @param issuer its address, below which its metadata are
 * @param clientId that it knows this console by
 * @param clientSecret empty for a public client
 * @param nameClaim claim that has the name of the user
 * @param roleClaim claim that has the roles, such as {@code groups} or {@code realm_access.roles}
 * @param roles by role the values of the claim that give it; who has none is not let in
 */
public record OpenIdSettings(
        URI issuer,
        String clientId,
        Optional<String> clientSecret,
        String nameClaim,
        String roleClaim,
        Map<Role, Set<String>> roles) {

    /** @throws IllegalArgumentException if the address is not safe, or no value gives a role */
    public OpenIdSettings {
        boolean local = Set.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(issuer.getHost()));
        if (!"https".equals(issuer.getScheme()) && !local) {
            throw new IllegalArgumentException("issuer " + issuer + ": allowed is an https URL");
        }
        roles = Map.copyOf(roles);
        if (roles.values().stream().allMatch(Set::isEmpty)) {
            throw new IllegalArgumentException("roles: allowed is at least one value of the claim that gives a role");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OpenIdSettings[" + issuer + ", " + clientId + "]";
    }
}
