package io.signalbox.provider.vonage;

import io.signalbox.toolkit.signature.HmacAlgorithm;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an account signs delivery receipts; the account's settings decide. */
enum SigMethod {
  /** A plain MD5 over the parameters and, after them, the secret. */
  MD5HASH(null),
  MD5(HmacAlgorithm.MD5),
  SHA1(HmacAlgorithm.SHA1),
  SHA256(HmacAlgorithm.SHA256),
  SHA512(HmacAlgorithm.SHA512);

  private final @Nullable HmacAlgorithm hmac;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  SigMethod(@Nullable HmacAlgorithm hmac) {
    this.hmac = hmac;
  }

  /** The keyed hash; null for the one method that has none. */
  @Nullable HmacAlgorithm hmac() {
    return hmac;
  }

  /** The name in the configuration. */
  String wireName() {
    return wireName;
  }

  static SigMethod ofWireName(String name) {
    return Arrays.stream(values())
        .filter(method -> method.wireName.equals(name))
        .findFirst()
        .orElseThrow();
  }
}
