package io.signalbox.gateway.compat.hooks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How Vonage signs the parameters of receipts of SMS: what an account is set to. */
public enum SigMethod {
  /** MD5 over the parameters and the secret. */
  MD5HASH(""),
  MD5("HmacMD5"),
  SHA1("HmacSHA1"),
  SHA256("HmacSHA256"),
  SHA512("HmacSHA512");

  private final String wireName = name().toLowerCase(Locale.ROOT);
  private final String algorithm;

  SigMethod(String algorithm) {
    this.algorithm = algorithm;
  }

  /** The names of all. */
  public static List<String> names() {
    return Arrays.stream(values()).map(each -> each.wireName).toList();
  }

  /** Finds the one of a name. */
  static Optional<SigMethod> find(@Nullable String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName.equals(wireName)).findFirst();
  }

  /** The parameter {@code sig} for all others. */
  String sign(Map<String, String> fields, String secret) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(fields)
        .forEach(
            (name, value) ->
                text.append('&')
                    .append(name)
                    .append('=')
                    .append(value.replace('&', '_').replace('=', '_')));
    return this == MD5HASH
        ? Macs.hexDigest("MD5", text.append(secret).toString().getBytes(StandardCharsets.UTF_8))
        : Macs.hexMac(algorithm, secret, text.toString());
  }
}
