package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.config.PostgresSettings;
import io.signalbox.gateway.config.PostgresSettings.Pool;
import io.signalbox.gateway.config.SecretReference;
import io.vertx.core.Vertx;
import io.vertx.core.net.SelfSignedCertificate;
import io.vertx.pgclient.PgConnection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handshakes with a real server whose certificate is for {@code localhost}. */
class PostgresTlsTest {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private static Path directory;
  private static Vertx vertx;
  private static SelfSignedCertificate certificate;
  private static EmbeddedPostgres server;
  private static Path password;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    certificate = SelfSignedCertificate.create("localhost");
    // The server wants nobody else to be able to read it.
    Path key = Files.copy(Path.of(certificate.privateKeyPath()), directory.resolve("key.pem"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    password = Files.writeString(directory.resolve("password"), "postgres");
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", certificate.certificatePath())
            .setServerConfig("ssl_key_file", key.toString())
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    certificate.delete();
    PostgresServer.await(vertx.close());
  }

  /** Whether a connection was made that is encrypted. */
  private static boolean connects(String host, String tls, String authorities) throws Exception {
    PostgresSettings settings =
        new PostgresSettings(
            host,
            server.getPort(),
            "postgres",
            "postgres",
            SecretReference.parse("file:" + password),
            tls,
            Optional.ofNullable(authorities).map(Path::of),
            LONG,
            new Pool(0, 2, LONG, LONG, LONG, LONG, LONG));
    PgConnection connection =
        PostgresServer.await(
            PgConnection.connect(vertx, PostgresConnect.options(settings).connect()));
    boolean encrypted =
        PostgresServer.await(
                connection
                    .query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                    .execute())
            .iterator()
            .next()
            .getBoolean(0);
    PostgresServer.await(connection.close());
    return encrypted;
  }

  private static void assertRefused(String host, String tls, String authorities) {
    assertThatThrownBy(() -> connects(host, tls, authorities))
        .cause()
        .hasMessageContaining("SSL handshake failed");
  }

  @Test
  void takesTheServerThatItsAuthorityVouchesFor() throws Exception {
    assertThat(connects("localhost", "verify-full", certificate.certificatePath())).isTrue();
    assertThat(connects("localhost", "require", null)).isTrue();
    assertThat(connects("localhost", "disable", null)).isFalse();
  }

  @Test
  void refusesAServerOfAnotherAuthority() {
    SelfSignedCertificate other = SelfSignedCertificate.create("localhost");
    assertRefused("localhost", "verify-full", other.certificatePath());
    assertRefused("localhost", "require", other.certificatePath());
    other.delete();
  }

  @Test
  void refusesAServerOfAnotherNameOnlyIfTheNameCounts() throws Exception {
    assertRefused("127.0.0.1", "verify-full", certificate.certificatePath());
    assertThat(connects("127.0.0.1", "verify-ca", certificate.certificatePath())).isTrue();
  }

  @Test
  void asksTheAuthoritiesOfTheJvmWhereNoFileIsNamed() throws Exception {
    assertRefused("localhost", "verify-full", null);
    String before = System.getProperty(TRUST_STORE);
    System.setProperty(TRUST_STORE, trusting().toString());
    try {
      assertThat(connects("localhost", "verify-full", null)).isTrue();
    } finally {
      if (before == null) {
        System.clearProperty(TRUST_STORE);
      } else {
        System.setProperty(TRUST_STORE, before);
      }
    }
  }

  private static Path trusting() throws Exception {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(Path.of(certificate.certificatePath()))) {
      store.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    Path file = directory.resolve("trusted.jks");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "changeit".toCharArray());
    }
    return file;
  }
}
