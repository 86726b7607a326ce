package io.signalbox.provider.vonage;

import io.signalbox.spi.Secret;
import io.signalbox.toolkit.signature.HmacAlgorithm;
import io.signalbox.toolkit.signature.HmacSignature;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.signalbox.toolkit.signature.TimestampTolerance;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameter {@code sig} of the SMS API: a hash over all other parameters. */
final class SigSignature {
  private static final String SIG = "sig";

  private final @Nullable HmacSignature hmac;
  private final List<Secret> secrets;
  private final TimestampTolerance tolerance;

  SigSignature(SigMethod method, List<Secret> secrets, TimestampTolerance tolerance) {
    HmacAlgorithm algorithm = method.hmac();
    this.hmac =
        algorithm == null ? null : new HmacSignature(algorithm, SignatureEncoding.HEX, secrets);
    this.secrets = List.copyOf(secrets);
    this.tolerance = tolerance;
  }

  SignatureCheck verify(SigParameters parameters, Instant now) {
    String presented = parameters.find(SIG);
    if (presented == null) {
      return SignatureCheck.unauthenticated("no sig");
    }
    if (parameters.values().keySet().stream().anyMatch(SigSignature::ambiguous)) {
      return SignatureCheck.unauthenticated("a parameter's name that could pass for several");
    }
    if (!matches(presented, canonical(parameters).getBytes(StandardCharsets.UTF_8))) {
      return SignatureCheck.unauthenticated("wrong sig");
    }
    Optional<Instant> signedAt = TimestampTolerance.parseUnixSeconds(parameters.find("timestamp"));
    return signedAt.isEmpty()
        ? SignatureCheck.unauthenticated("no timestamp in unix seconds")
        : tolerance.check(signedAt.get(), now);
  }

  private boolean matches(String presented, byte[] signed) {
    if (hmac != null) {
      return hmac.matches(presented, signed);
    }
    Optional<byte[]> hash = SignatureEncoding.HEX.decode(presented);
    boolean matched = false;
    for (Secret secret : secrets) {
      matched |= hash.isPresent() && MessageDigest.isEqual(md5(signed, secret), hash.get());
    }
    return matched;
  }

  private static String canonical(SigParameters parameters) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> parameter : parameters.values().entrySet()) {
      if (!parameter.getKey().equals(SIG)) {
        String value = parameter.getValue().replace('&', '_').replace('=', '_');
        text.append('&').append(parameter.getKey()).append('=').append(value);
      }
    }
    return text.toString();
  }

  /** Values are made harmless before they are signed; names are not. */
  private static boolean ambiguous(String name) {
    return name.indexOf('&') >= 0 || name.indexOf('=') >= 0;
  }

  private static byte[] md5(byte[] signed, Secret secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(signed);
      return digest.digest(secret.reveal().getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
