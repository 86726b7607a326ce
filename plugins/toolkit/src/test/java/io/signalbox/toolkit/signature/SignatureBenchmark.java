package io.signalbox.toolkit.signature;

import io.signalbox.spi.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What checking the signature of a webhook costs, by scheme and size of the body. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SignatureBenchmark {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final String TIME = "1800000000";
  private static final byte[] KEY =
      "a key of thirty-two bytes, which".getBytes(StandardCharsets.UTF_8);
  private static final Secret SECRET = new Secret(new String(KEY, StandardCharsets.UTF_8));

  /** One event, and about a thousand of them in one body. */
  @Param({"400", "450000"})
  public int bytes;

  private final HmacSignature sha256 =
      new HmacSignature(HmacAlgorithm.SHA256, SignatureEncoding.HEX, List.of(SECRET));
  private final HmacSignature sha1 =
      new HmacSignature(HmacAlgorithm.SHA1, SignatureEncoding.BASE64, List.of(SECRET));
  private final StandardWebhooksSignature standard =
      new StandardWebhooksSignature(
          List.of(new Secret("whsec_" + Base64.getEncoder().encodeToString(KEY))),
          TimestampTolerance.of(Duration.ofMinutes(5)));
  private EcdsaSignature ecdsa;
  private String ecdsaCode;
  private String sha256Code;
  private String sha1Code;
  private MultiMap standardHeaders;
  private byte[] body;

  /** Signs a body in each way: all must be genuine, and of another body none. */
  @Setup
  public void setUp() throws GeneralSecurityException {
    body = "x".repeat(bytes).getBytes(StandardCharsets.UTF_8);
    sha256Code = sha256.sign(body);
    sha1Code = sha1.sign(body);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    ecdsa =
        new EcdsaSignature(
            List.of(Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())));
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(pair.getPrivate());
    signer.update(body);
    ecdsaCode = Base64.getEncoder().encodeToString(signer.sign());
    byte[] head = ("m-1." + TIME + ".").getBytes(StandardCharsets.UTF_8);
    String code =
        Base64.getEncoder()
            .encodeToString(new HmacKeys(HmacAlgorithm.SHA256, List.of(KEY)).sign(head, body));
    standardHeaders =
        MultiMap.caseInsensitiveMultiMap()
            .add("webhook-id", "m-1")
            .add("webhook-timestamp", TIME)
            .add("webhook-signature", "v1," + code);
    require(true);
    body[0]++;
    require(false);
    body[0]--;
  }

  private void require(boolean genuine) {
    for (SignatureCheck check :
        List.of(ecdsaP256(), hmacSha256(), hmacSha1(), standardWebhooks())) {
      if (check.genuine() != genuine) {
        throw new IllegalStateException("a signature is not checked");
      }
    }
  }

  /** As SendGrid signs. */
  @Benchmark
  public SignatureCheck ecdsaP256() {
    return ecdsa.verify(ecdsaCode, body);
  }

  /** As Mailgun signs, and WhatsApp. */
  @Benchmark
  public SignatureCheck hmacSha256() {
    return sha256.verify(sha256Code, body);
  }

  /** As Twilio signs. */
  @Benchmark
  public SignatureCheck hmacSha1() {
    return sha1.verify(sha1Code, body);
  }

  /** As Resend signs. */
  @Benchmark
  public SignatureCheck standardWebhooks() {
    return standard.verify(standardHeaders, Buffer.buffer(body), NOW);
  }
}
