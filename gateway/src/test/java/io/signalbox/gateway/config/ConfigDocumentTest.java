package io.signalbox.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigDocumentTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void theDocumentedKeysAreTheDeclaredOnes() throws IOException {
    String expected = ConfigDocument.write();
    if (Boolean.getBoolean("signalbox.docs.update")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE)
        .as("docs/configuration.md; write it anew with -Dsignalbox.docs.update=true")
        .exists()
        .content()
        .isEqualTo(expected);
  }
}
