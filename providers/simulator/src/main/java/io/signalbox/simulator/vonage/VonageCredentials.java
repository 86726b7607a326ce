package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Checks who sends: Basic, parameters, or a signature. */
final class VonageCredentials {
  private final VonageAccount account;
  private final VonageSignature signature;
  private final String basic;

  VonageCredentials(VonageAccount account, VonageSignature signature) {
    this.account = account;
    this.signature = signature;
    String pair = account.apiKey() + ":" + account.apiSecret();
    this.basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the sender signs in with key and secret by Basic. */
  boolean isBasic(ApiRequest request) {
    return basic.equals(request.authorization("Basic "));
  }

  /** Why the sender is refused by the SMS API, if so. */
  Optional<SmsStatus> refusal(ApiRequest request, SmsForm form) {
    String header = request.authorization("Basic ");
    if (header != null) {
      return unless(basic.equals(header), SmsStatus.BAD_CREDENTIALS);
    }
    String key = form.filled("api_key");
    String secret = form.filled("api_secret");
    String sig = form.filled("sig");
    if (sig != null && secret != null) {
      return Optional.of(SmsStatus.SIGNED_AND_SECRET);
    }
    if (!account.apiKey().equals(key)) {
      return Optional.of(SmsStatus.BAD_CREDENTIALS);
    }
    if (sig != null) {
      boolean good = signature.of(form.parameters()).equals(sig.toLowerCase(Locale.ROOT));
      return unless(good && form.filled("timestamp") != null, SmsStatus.INVALID_SIGNATURE);
    }
    return unless(account.apiSecret().equals(secret), SmsStatus.BAD_CREDENTIALS);
  }

  private static Optional<SmsStatus> unless(boolean good, SmsStatus status) {
    return good ? Optional.empty() : Optional.of(status);
  }
}
