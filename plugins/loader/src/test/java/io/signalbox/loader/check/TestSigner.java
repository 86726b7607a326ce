package io.signalbox.loader.check;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;
import javax.security.auth.x500.X500Principal;
import jdk.security.jarsigner.JarSigner;
import org.jspecify.annotations.Nullable;

/**
 * A signer of jars, whose key and certificate are made anew, so that no key lies in the sources.
 */
public record TestSigner(PrivateKey key, List<X509Certificate> chain) {
  private static final byte[] ECDSA_WITH_SHA256 = oid("2a8648ce3d040302");
  private static final byte[] BASIC_CONSTRAINTS = oid("551d13");
  private static final byte[] EXTENDED_KEY_USAGE = oid("551d25");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int SEQUENCE = 0x30;

  /** The time that certificates are valid at. */
  static Instant now() {
    return Clock.systemUTC().instant();
  }

  /** What a certificate is for. */
  public enum Use {
    ANY,
    CODE_SIGNING,
    TLS_SERVER,
    AUTHORITY
  }

  /** With a certificate of its own, valid for a day on both sides of now. */
  public static TestSigner selfSigned(String name, Use use) throws Exception {
    return of(name, use, null, now().minus(Duration.ofDays(1)), Duration.ofDays(2));
  }

  /** With a certificate that another one issued. */
  TestSigner issue(String name, Use use) throws Exception {
    return of(name, use, this, now().minus(Duration.ofDays(1)), Duration.ofDays(2));
  }

  static TestSigner of(
      String name, Use use, @Nullable TestSigner issuer, Instant from, Duration validity)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    X500Principal subject = new X500Principal("CN=" + name);
    byte[] content =
        sequence(
            tagged(0xA0, integer(BigInteger.TWO)),
            integer(BigInteger.valueOf(from.toEpochMilli() + name.hashCode())),
            sequence(ECDSA_WITH_SHA256),
            issuer == null
                ? subject.getEncoded()
                : issuer.own().getSubjectX500Principal().getEncoded(),
            sequence(time(from), time(from.plus(validity))),
            subject.getEncoded(),
            pair.getPublic().getEncoded(),
            tagged(0xA3, sequence(extension(use))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(issuer == null ? pair.getPrivate() : issuer.key);
    signature.update(content);
    byte[] encoded =
        sequence(
            content,
            sequence(ECDSA_WITH_SHA256),
            tagged(0x03, new byte[1], signature.sign())); // No bit of the last byte is unused.
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(encoded)));
    if (issuer != null) {
      chain.addAll(issuer.chain);
    }
    return new TestSigner(pair.getPrivate(), List.copyOf(chain));
  }

  X509Certificate own() {
    return chain.get(0);
  }

  public String fingerprint() throws GeneralSecurityException {
    return Sha256.of(own().getEncoded());
  }

  /** The same signer, who leaves the authorities' certificates out of his signatures. */
  TestSigner withoutAuthorities() {
    return new TestSigner(key, List.of(own()));
  }

  /** Writes the certificate. */
  Path pem(Path file) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(own().getEncoded());
    return Files.writeString(
        file, "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
  }

  /** Signs a jar, whoever has signed it already. */
  @AllowForbidden("jarsigner's own API, documented, of the JDK that runs the tests")
  public Path sign(Path jar) throws Exception {
    Path signed = jar.resolveSibling(jar.getFileName() + ".signed");
    Certificate[] certificates = chain.toArray(Certificate[]::new);
    JarSigner signer =
        new JarSigner.Builder(
                key,
                CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificates)))
            .signerName("S" + fingerprint().substring(0, 7))
            .build();
    try (ZipFile in = new ZipFile(jar.toFile());
        OutputStream out = Files.newOutputStream(signed)) {
      signer.sign(in, out);
    }
    return Files.move(signed, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] extension(Use use) {
    byte[] isTrue = tagged(0x01, new byte[] {(byte) 0xFF});
    return switch (use) {
      case AUTHORITY -> sequence(BASIC_CONSTRAINTS, isTrue, tagged(0x04, sequence(isTrue)));
      case CODE_SIGNING -> keyUsage("2b06010505070303");
      case TLS_SERVER -> keyUsage("2b06010505070301");
      case ANY -> sequence(BASIC_CONSTRAINTS, tagged(0x04, sequence()));
    };
  }

  private static byte[] keyUsage(String use) {
    return sequence(EXTENDED_KEY_USAGE, tagged(0x04, sequence(oid(use))));
  }

  private static byte[] oid(String hex) {
    return tagged(0x06, HexFormat.of().parseHex(hex));
  }

  private static byte[] integer(BigInteger value) {
    return tagged(0x02, value.toByteArray());
  }

  private static byte[] time(Instant time) {
    return tagged(0x18, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, parts);
  }

  /** One DER value. */
  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    if (content.size() < 128) {
      value.write(content.size());
    } else if (content.size() < 256) {
      value.write(0x81);
      value.write(content.size());
    } else {
      value.write(0x82);
      value.write(content.size() >> 8);
      value.write(content.size());
    }
    try {
      content.writeTo(value);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written", e);
    }
    return value.toByteArray();
  }
}
