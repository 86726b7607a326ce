package io.signalbox.provider.ses;

import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.signature.Sha256;
import io.vertx.core.MultiMap;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests by AWS Signature Version 4, in the {@code Authorization} header.
 *
 * <p>All headers of the call are signed, and with them the host, the time, the session token if
 * there is one, and the body. Immutable and thread-safe.
 */
final class SigV4Signer {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String SCOPE_END = "aws4_request";
  private static final String HMAC = "HmacSHA256";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final AwsCredentials credentials;
  private final String region;
  private final String service;

  SigV4Signer(AwsCredentials credentials, String region, String service) {
    this.credentials = credentials;
    this.region = region;
    this.service = service;
  }

  /** The call with its signature; AWS takes it for about five minutes around the given time. */
  HttpCall sign(HttpCall call, Instant at) {
    String time = TIME.format(at);
    HttpCall dated = call.withHeader("X-Amz-Date", time);
    if (credentials.sessionToken() != null) {
      dated = dated.withHeader("X-Amz-Security-Token", credentials.sessionToken().reveal());
    }
    URI uri = URI.create(dated.url());
    Map<String, String> headers = canonicalHeaders(dated.headers(), uri);
    String signedHeaders = String.join(";", headers.keySet());
    String date = time.substring(0, time.indexOf('T'));
    String scope = String.join("/", date, region, service, SCOPE_END);
    String stringToSign =
        String.join(
            "\n",
            ALGORITHM,
            time,
            scope,
            Sha256.hex(utf8(canonicalRequest(dated, uri, headers, signedHeaders))));
    String signature = HexFormat.of().formatHex(hmac(signingKey(date), stringToSign));
    return dated.withHeader(
        "Authorization",
        ALGORITHM
            + " Credential="
            + credentials.accessKeyId()
            + "/"
            + scope
            + ", SignedHeaders="
            + signedHeaders
            + ", Signature="
            + signature);
  }

  private static String canonicalRequest(
      HttpCall call, URI uri, Map<String, String> headers, String signedHeaders) {
    String lines =
        headers.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        call.method().name(),
        canonicalPath(uri),
        canonicalQuery(uri),
        lines,
        signedHeaders,
        Sha256.hex(call.body().getBytes()));
  }

  /** Encoded once more than on the wire, as all services but S3 want it. */
  private static String canonicalPath(URI uri) {
    String path = uri.getRawPath();
    return path == null || path.isEmpty() ? "/" : path.replace("%", "%25");
  }

  private static String canonicalQuery(URI uri) {
    String query = uri.getRawQuery();
    return query == null
        ? ""
        : Arrays.stream(query.split("&")).sorted().collect(Collectors.joining("&"));
  }

  /** Names in lower case and in order, values without superfluous blanks. */
  private static Map<String, String> canonicalHeaders(MultiMap headers, URI uri) {
    Map<String, String> canonical = new TreeMap<>();
    canonical.put("host", host(uri));
    headers.forEach(
        header ->
            canonical.put(
                header.getKey().toLowerCase(Locale.ROOT),
                header.getValue().strip().replaceAll(" +", " ")));
    return canonical;
  }

  /** The value of {@code Host} as HTTP clients write it: the port only where it is no default. */
  private static String host(URI uri) {
    int standard = "https".equals(uri.getScheme()) ? 443 : 80;
    boolean bare = uri.getPort() == -1 || uri.getPort() == standard;
    return bare ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  private byte[] signingKey(String date) {
    byte[] key = utf8("AWS4" + credentials.secretAccessKey().reveal());
    return hmac(hmac(hmac(hmac(key, date), region), service), SCOPE_END);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
