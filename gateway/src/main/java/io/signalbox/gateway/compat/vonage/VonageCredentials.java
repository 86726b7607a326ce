package io.signalbox.gateway.compat.vonage;

import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.Refusal.Mistake;
import io.signalbox.gateway.compat.RefusedException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What Vonage's clients show, and which of it the gateway can check. */
final class VonageCredentials {
  /** A request that is signed instead of showing a secret. */
  static final String SIGNATURE = "sig";

  private VonageCredentials() {}

  /**
   * The credential in parameters; empty if there is none.
   *
   * @param parameters null for what is not there
   * @throws RefusedException if they are signed: only who has the signature's secret can check that
   */
  static Optional<String> parameter(UnaryOperator<@Nullable String> parameters) {
    String secret = parameters.apply(VonageFields.API_SECRET);
    if (secret == null && parameters.apply(SIGNATURE) != null) {
      throw refused(
          SIGNATURE,
          "cannot be checked here: use api_key and api_secret, or Basic, with an API key of the"
              + " gateway as the secret");
    }
    return Optional.ofNullable(secret);
  }

  /**
   * The credential of {@code Bearer}.
   *
   * @throws RefusedException if it is the token of an application of Vonage's
   */
  static String bearer(String token) {
    if (isOfAnApplication(token)) {
      throw refused(
          "Authorization",
          "has a JWT of a Vonage application, which only Vonage can check: use Basic, with an API"
              + " key of the gateway as the secret, or Bearer with that key");
    }
    return token;
  }

  private static boolean isOfAnApplication(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return false;
    }
    try {
      String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      return new JsonObject(claims).containsKey("application_id");
    } catch (IllegalArgumentException | DecodeException e) {
      return false;
    }
  }

  private static RefusedException refused(String field, String detail) {
    return new RefusedException(
        new Refusal(
            401,
            "the credential is not one of the gateway",
            List.of(new Mistake(field, detail)),
            0));
  }
}
