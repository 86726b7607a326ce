package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.config.PostgresSettings;
import io.signalbox.gateway.config.PostgresSettings.Pool;
import io.signalbox.gateway.config.SecretReference;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresConnectTest {
  private static final Pool POOL =
      new Pool(
          1,
          8,
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(4),
          Duration.ofSeconds(5));

  @TempDir Path directory;

  private static PostgresSettings config(Path password, String tls, Path authorities) {
    return new PostgresSettings(
        "db.example.org",
        5433,
        "ledger",
        "me",
        Optional.ofNullable(password)
            .map(file -> new SecretReference(SecretReference.Kind.FILE, file.toString())),
        tls,
        Optional.ofNullable(authorities),
        Duration.ofSeconds(8),
        POOL);
  }

  @Test
  void thePasswordComesFromItsFile() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "s e c r e t\n");

    PostgresOptions options = PostgresConnect.options(config(file, "prefer", null));

    PgConnectOptions connect = options.login();
    assertThat(connect.getPassword()).isEqualTo("s e c r e t");
    assertThat(connect.getHost()).isEqualTo("db.example.org");
    assertThat(connect.getPort()).isEqualTo(5433);
    assertThat(connect.getProperties()).containsEntry("statement_timeout", "4000");
    assertThat(options.connectTimeoutMillis()).isEqualTo(3_000);
    assertThat(options.toString()).doesNotContain("s e c r e t");
  }

  @Test
  void aChangedPasswordIsInForceAtTheNextConnection() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "first");
    PostgresOptions options = PostgresConnect.options(config(file, "prefer", null)).named("one");
    assertThat(options.login().getPassword()).isEqualTo("first");

    Files.writeString(file, "second");
    assertThat(options.login().getPassword()).isEqualTo("second");
    Files.delete(file);
    assertThat(options.login().getPassword()).as("the last one stays").isEqualTo("second");
  }

  @Test
  void aPasswordThatIsNotThereIsAFailure() {
    Path file = directory.resolve("nowhere");
    assertThatThrownBy(() -> PostgresConnect.options(config(file, "prefer", null)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("postgres.password: file:" + file);
  }

  @Test
  void anAuthorityThatIsNamedIsAskedAlsoWhereNoneIsNeeded() throws IOException {
    Path file = directory.resolve("ca.pem");
    assertThat(trustsAll("require", null)).isTrue();
    assertThat(trustsAll("require", file)).isFalse();
    assertThat(trustsAll("prefer", file)).isFalse();
  }

  private static boolean trustsAll(String tls, Path authorities) throws IOException {
    return PostgresConnect.options(config(null, tls, authorities))
        .connect()
        .getSslOptions()
        .isTrustAll();
  }

  @Test
  void whoMustProveWhoItIsNeedsAnAuthority() throws IOException {
    assertThat(trustsAll("verify-full", null)).isFalse();
    assertThat(trustsAll("verify-ca", null)).isFalse();
    PgConnectOptions connect =
        PostgresConnect.options(config(null, "verify-full", directory.resolve("ca.pem"))).connect();
    assertThat(connect.getSslMode()).isEqualTo(SslMode.VERIFY_FULL);
    assertThat(connect.getSslOptions().isTrustAll()).isFalse();
    assertThat(connect.getSslOptions().getHostnameVerificationAlgorithm()).isEqualTo("HTTPS");
  }
}
