package io.signalbox.gateway.callback;

import io.signalbox.gateway.compat.hooks.EcdsaKey;
import io.signalbox.gateway.compat.hooks.WebhookSigner;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.spi.Secret;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** What signs in each format: how one is made, and what a given one must be. Pure functions. */
public final class CallbackSecrets {
  private static final int NEW_BYTES = 16;
  private static final int SHORTEST = 8;
  private static final int LONGEST = 256;
  private static final String USER = "signalbox:";

  private CallbackSecrets() {}

  /** Makes one. */
  static Secret make(CallbackFormat format, SecureRandom random) {
    return switch (format) {
      case CLOUDEVENTS, RESEND -> WebhookSigner.newSecret(random);
      case SENDGRID -> EcdsaKey.newSecret(random);
      case MAILGUN, TWILIO, VONAGE -> new Secret(hex(random));
      case POSTMARK -> new Secret(USER + hex(random));
    };
  }

  private static String hex(SecureRandom random) {
    byte[] bytes = new byte[NEW_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What is wrong with one that is given, to complete a sentence; empty if it can be taken. */
  public static Optional<String> problem(CallbackFormat format, String given) {
    return switch (format) {
      case CLOUDEVENTS, RESEND ->
          problemIf(!WebhookSigner.isSecret(given), "must be whsec_ and 24 to 64 bytes in Base64");
      case SENDGRID -> Optional.of("is made by the gateway, which shows the public key");
      case MAILGUN, TWILIO, VONAGE ->
          problemIf(!isText(given), "must have 8 to 256 visible ASCII characters");
      case POSTMARK ->
          problemIf(
              !isText(given) || given.indexOf(':') < 1,
              "must be a user name, a colon and a password, of 8 to 256 visible ASCII characters");
    };
  }

  private static boolean isText(String given) {
    return given.length() >= SHORTEST
        && given.length() <= LONGEST
        && given.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static Optional<String> problemIf(boolean wrong, String problem) {
    return wrong ? Optional.of(problem) : Optional.empty();
  }
}
