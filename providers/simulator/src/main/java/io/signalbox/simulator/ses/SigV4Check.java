package io.signalbox.simulator.ses;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Hmac;
import io.signalbox.simulator.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks requests that are signed by AWS Signature Version 4 in the Authorization header. */
final class SigV4Check {
  private static final String SERVICE = "ses";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request, ?"
              + "SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX", Locale.ROOT);

  private final SesAccount account;

  SigV4Check(SesAccount account) {
    this.account = account;
  }

  /** The refusal of a request that the account's key has not signed just now; else nothing. */
  Optional<Answer> refusal(ApiRequest request, Instant now) {
    String authorization = request.header("authorization");
    if (authorization == null) {
      return refused("MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    Matcher parts = AUTHORIZATION.matcher(authorization);
    String time = request.header("x-amz-date");
    if (!parts.matches() || time == null) {
      return refused("IncompleteSignatureException", "Authorization header is not complete.");
    }
    // Only keys that are good for a time have a token, and this account has none of them.
    if (!parts.group(1).equals(account.accessKeyId())
        || request.header("x-amz-security-token") != null) {
      return refused(
          "UnrecognizedClientException", "The security token included in the request is invalid.");
    }
    if (!parts.group(3).equals(SesAccount.REGION) || !parts.group(4).equals(SERVICE)) {
      return mismatch("Credential should be scoped to a valid region and service.");
    }
    if (!time.startsWith(parts.group(2)) || !isNear(time, now)) {
      return mismatch("Signature expired, or not yet current: " + time);
    }
    List<String> signed = List.of(parts.group(5).split(";"));
    if (!signed.containsAll(List.of("host", "x-amz-date"))) {
      return mismatch("'Host' and 'X-Amz-Date' must be signed.");
    }
    byte[] expected = signature(request, parts, signed, time);
    return MessageDigest.isEqual(expected, HexFormat.of().parseHex(parts.group(6)))
        ? Optional.empty()
        : mismatch("The request signature we calculated does not match the one you provided.");
  }

  private byte[] signature(ApiRequest request, Matcher parts, List<String> signed, String time) {
    String query = request.query();
    String canonical =
        String.join(
            "\n",
            request.method().name(),
            request.path(),
            query == null
                ? ""
                : Arrays.stream(query.split("&")).sorted().collect(Collectors.joining("&")),
            signed.stream()
                .map(name -> name + ":" + value(request, name) + "\n")
                .collect(Collectors.joining()),
            parts.group(5),
            Sha256.hex(request.body().getBytes()));
    List<String> steps = List.of(parts.group(2), SesAccount.REGION, SERVICE, "aws4_request");
    String scope = String.join("/", steps);
    byte[] key = bytes("AWS4" + account.secretAccessKey());
    for (String step : steps) {
      key = new Hmac("HmacSHA256", key).of(bytes(step));
    }
    String toSign =
        String.join("\n", "AWS4-HMAC-SHA256", time, scope, Sha256.hex(bytes(canonical)));
    return new Hmac("HmacSHA256", key).of(bytes(toSign));
  }

  private static String value(ApiRequest request, String name) {
    String value = request.header(name);
    return value == null ? "" : value.trim().replaceAll(" +", " ");
  }

  private static boolean isNear(String time, Instant now) {
    try {
      Instant signedAt = TIME.withZone(ZoneOffset.UTC).parse(time, Instant::from);
      return Duration.between(signedAt, now).abs().compareTo(TOLERANCE) <= 0;
    } catch (DateTimeParseException notATime) {
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<Answer> mismatch(String message) {
    return refused("InvalidSignatureException", message);
  }

  private static Optional<Answer> refused(String type, String message) {
    return Optional.of(SesErrors.of(403, type, message));
  }
}
