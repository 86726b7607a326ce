package io.signalbox.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.HttpSettings.ClientAuth;
import io.signalbox.gateway.config.HttpSettings.Tls;
import io.signalbox.testkit.TestCertificate;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {
  private final Vertx vertx = Vertx.vertx();

  @TempDir Path first;
  @TempDir Path second;

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void looksIntoFilesOnlyIfTheyAreOthers() throws Exception {
    TestCertificate shown = TestCertificate.create(first);
    Tls files = new Tls(shown.pem(), shown.pemKey(), ClientAuth.NONE, Optional.empty());
    ServerCertificate inForce = CertificateFiles.read(vertx, files, null);
    assertThat(CertificateFiles.read(vertx, files, inForce)).isSameAs(inForce);

    TestCertificate other = TestCertificate.create(second);
    Files.copy(other.pem(), shown.pem(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(other.pemKey(), shown.pemKey(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(CertificateFiles.read(vertx, files, inForce).leaf()).isNotEqualTo(inForce.leaf());
  }
}
