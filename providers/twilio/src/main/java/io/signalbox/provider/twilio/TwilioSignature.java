package io.signalbox.provider.twilio;

import io.signalbox.spi.Secret;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.signature.HmacAlgorithm;
import io.signalbox.toolkit.signature.HmacSignature;
import io.signalbox.toolkit.signature.Sha256;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code X-Twilio-Signature}: HMAC-SHA1 over the URL as Twilio called it, followed by
 * the form's parameters. A body that is no form is signed through its hash in the URL.
 */
final class TwilioSignature {
  private final HmacSignature hmac;

  TwilioSignature(List<Secret> authTokens) {
    this.hmac = new HmacSignature(HmacAlgorithm.SHA1, SignatureEncoding.BASE64, authTokens);
  }

  /** Checks a request whose parameters are in its form; an empty form for a GET. */
  SignatureCheck verifyForm(@Nullable String signature, String url, FormBody form) {
    byte[] parameters = canonical(form).getBytes(StandardCharsets.UTF_8);
    return verify(signature, url, parameters);
  }

  /** Checks a request whose body has its SHA-256 in the URL. */
  SignatureCheck verifyHash(
      @Nullable String signature, String url, String bodySha256, Buffer body) {
    SignatureCheck check = verify(signature, url, new byte[0]);
    if (!check.genuine()) {
      return check;
    }
    byte[] expected = SignatureEncoding.HEX.decode(bodySha256).orElse(new byte[0]);
    return MessageDigest.isEqual(expected, Sha256.of(body))
        ? check
        : SignatureCheck.unauthenticated("the body does not have the signed hash");
  }

  private SignatureCheck verify(@Nullable String signature, String url, byte[] parameters) {
    SignatureCheck check = SignatureCheck.unauthenticated("no signature");
    for (String variant : SignedUrl.variants(url)) {
      check = hmac.verify(signature, variant.getBytes(StandardCharsets.UTF_8), parameters);
      if (check.genuine()) {
        return check;
      }
    }
    return check;
  }

  /** Name and value of each parameter, sorted; repeats of the same value once. */
  private static String canonical(FormBody form) {
    SortedMap<String, Set<String>> sorted = new TreeMap<>();
    for (FormBody.Field field : form.fields()) {
      sorted.computeIfAbsent(field.name(), name -> new TreeSet<>()).add(field.value());
    }
    StringBuilder text = new StringBuilder();
    sorted.forEach((name, values) -> values.forEach(value -> text.append(name).append(value)));
    return text.toString();
  }
}
