package io.signalbox.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Identity.
 *
 * @param jwtKeyFile file with the HS256 key of this gateway's own tokens; made at first start
 * @param tokenTtl how long tokens live that this gateway makes
 * @param jwtLeeway by how much the clocks of issuers may differ
 * @param tokens of another issuer
 * @param clientCertificates file with the owners of certificates; empty: nobody is known by one
 * @param requestRates how many requests may be made
 * @param encryptionKeys file that says where the keys are that seal what is stored; empty: nothing
 *     is
 */
public record SecuritySettings(
    Path jwtKeyFile,
    Duration tokenTtl,
    Duration jwtLeeway,
    OtherIssuer tokens,
    Optional<Path> clientCertificates,
    RequestRates requestRates,
    Optional<Path> encryptionKeys) {

  /**
   * How many requests may be made in a second; 0 for as many as one likes.
   *
   * @param perTenant by all callers of a tenant together
   * @param perCaller by one caller
   */
  public record RequestRates(double perTenant, double perCaller) {}

  /**
   * An issuer besides this gateway, whose public keys are known.
   *
   * @param publicKeys PEM files with a public key each
   * @param jwksUrl where it publishes its keys; empty if it does not
   * @param jwksRefresh how often they are read there
   * @param issuer what {@code iss} must be
   * @param audiences one of which {@code aud} must name
   * @param rolesClaim where its tokens have the roles
   * @param scopeClaim where its tokens have the scopes
   * @param tenantClaim where its tokens have the tenant
   * @param defaultTenant the tenant of tokens without that claim; empty: they are refused
   */
  public record OtherIssuer(
      List<Path> publicKeys,
      Optional<String> jwksUrl,
      Duration jwksRefresh,
      Optional<String> issuer,
      List<String> audiences,
      String rolesClaim,
      String scopeClaim,
      String tenantClaim,
      Optional<String> defaultTenant) {

    /** With so many of its keys a token is tried at most. */
    public static final int MOST_TRIED_KEYS = 8;

    /** Copies the lists. */
    public OtherIssuer {
      publicKeys = List.copyOf(publicKeys);
      audiences = List.copyOf(audiences);
    }

    /** Whether there is one. */
    public boolean isConfigured() {
      return !publicKeys.isEmpty() || jwksUrl.isPresent();
    }
  }
}
