package io.signalbox.provider.ses;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Secret;
import io.signalbox.toolkit.HttpCall;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The signatures are those that AWS has published: its Signature Version 4 test suite (the cases'
 * names stand in the tests' comments) and the ListUsers example of the IAM guide.
 */
class SigV4SignerTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final Instant AT = Instant.parse("2015-08-30T12:36:00Z");
  private static final String SUITE = "https://example.amazonaws.com";
  private static final String SUITE_TOKEN =
      "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSP"
          + "fIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQ"
          + "DYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz"
          + "+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

  @Test
  void signsRequestWithoutBody() {
    // get-vanilla, post-vanilla
    assertThat(authorization(null, call(HttpMethod.GET, SUITE + "/", "", Map.of())))
        .isEqualTo(
            suite(
                "host;x-amz-date",
                "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"));
    assertThat(authorization(null, call(HttpMethod.POST, SUITE, "", Map.of())))
        .isEqualTo(
            suite(
                "host;x-amz-date",
                "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"));
  }

  @Test
  void signsBodyAndItsType() {
    // post-x-www-form-urlencoded
    assertThat(
            authorization(
                null,
                call(
                    HttpMethod.POST,
                    SUITE + "/",
                    "Param1=value1",
                    Map.of("Content-Type", "application/x-www-form-urlencoded"))))
        .isEqualTo(
            suite(
                "content-type;host;x-amz-date",
                "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"));
  }

  @Test
  void trimsValuesOfHeaders() {
    // get-header-value-trim
    assertThat(
            authorization(
                null,
                call(
                    HttpMethod.GET,
                    SUITE + "/",
                    "",
                    Map.of("My-Header1", " value1", "My-Header2", "\"a   b   c\""))))
        .isEqualTo(
            suite(
                "host;my-header1;my-header2;x-amz-date",
                "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"));
  }

  @Test
  void ordersTheQuery() {
    // get-vanilla-query-order-key-case
    assertThat(
            authorization(
                null, call(HttpMethod.GET, SUITE + "/?Param2=value2&Param1=value1", "", Map.of())))
        .isEqualTo(
            suite(
                "host;x-amz-date",
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"));
  }

  @Test
  void signsAndSendsTheSessionToken() {
    // post-sts-header-before
    HttpCall signed =
        signer(new Secret(SUITE_TOKEN), "service")
            .sign(call(HttpMethod.POST, SUITE + "/", "", Map.of()), AT);

    assertThat(signed.headers().get("X-Amz-Security-Token")).isEqualTo(SUITE_TOKEN);
    assertThat(signed.headers().get("X-Amz-Date")).isEqualTo("20150830T123600Z");
    assertThat(signed.headers().get("Authorization"))
        .isEqualTo(
            suite(
                "host;x-amz-date;x-amz-security-token",
                "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"));
  }

  @Test
  void signsTheExampleOfTheIamGuide() {
    HttpCall signed =
        signer(null, "iam")
            .sign(
                call(
                    HttpMethod.GET,
                    "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
                    "",
                    Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")),
                AT);

    assertThat(signed.headers().get("Authorization"))
        .endsWith(
            "SignedHeaders=content-type;host;x-amz-date, "
                + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
  }

  @Test
  void namesThePortInTheHostOnlyWhereClientsDo() {
    assertThat(at(SUITE + ":443/")).isEqualTo(at(SUITE + "/"));
    assertThat(at(SUITE + ":8443/")).isNotEqualTo(at(SUITE + "/"));
  }

  private static String at(String url) {
    return authorization(null, call(HttpMethod.GET, url, "", Map.of()));
  }

  private static String authorization(Secret token, HttpCall call) {
    return Objects.requireNonNull(
        signer(token, "service").sign(call, AT).headers().get("Authorization"));
  }

  private static SigV4Signer signer(Secret token, String service) {
    return new SigV4Signer(
        new AwsCredentials("AKIDEXAMPLE", new Secret(SECRET), token), "us-east-1", service);
  }

  private static HttpCall call(
      HttpMethod method, String url, String body, Map<String, String> headers) {
    return new HttpCall(
        method,
        url,
        MultiMap.caseInsensitiveMultiMap().addAll(headers),
        Buffer.buffer(body),
        Duration.ofSeconds(1));
  }

  private static String suite(String signedHeaders, String signature) {
    return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        + "SignedHeaders="
        + signedHeaders
        + ", Signature="
        + signature;
  }
}
