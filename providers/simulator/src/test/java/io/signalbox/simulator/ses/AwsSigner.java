package io.signalbox.simulator.ses;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs a client's requests step by step as the documents of Signature Version 4 have it. */
record AwsSigner(String keyId, String secret, String region, String service, Instant at) {

  Map<String, String> headers(String method, String url, String body) throws Exception {
    URI uri = URI.create(url);
    String time =
        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(at);
    String day = time.substring(0, 8);
    String canonical =
        method
            + "\n"
            + uri.getRawPath()
            + "\n\n"
            + "content-type:application/json\nhost:"
            + uri.getAuthority()
            + "\nx-amz-date:"
            + time
            + "\n\ncontent-type;host;x-amz-date\n"
            + hash(body);
    String scope = day + "/" + region + "/" + service + "/aws4_request";
    String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hash(canonical);
    byte[] dayKey = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), day);
    byte[] key = hmac(hmac(hmac(dayKey, region), service), "aws4_request");
    return Map.of(
        "Content-Type",
        "application/json",
        "X-Amz-Date",
        time,
        "Authorization",
        "AWS4-HMAC-SHA256 Credential="
            + keyId
            + "/"
            + scope
            + ", SignedHeaders=content-type;host;x-amz-date, Signature="
            + HexFormat.of().formatHex(hmac(key, toSign)));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(String text) throws GeneralSecurityException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
