package io.signalbox.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferenceTest {
  private static final Map<String, String> NO_ENVIRONMENT = Map.of();

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"postgres.password", "redis.password"})
  void aSecretInTheConfigurationItselfIsRefusedWithoutShowingIt(String key) {
    assertThatThrownBy(
            () -> ConfigLoader.load(Optional.empty(), NO_ENVIRONMENT, Map.of(key, "hunter2")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(key)
        .hasMessageContaining("must be env:NAME or file:/path")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "env:", "env:A B", "env:1A", "file:", "file:/", "FILE:/a", "secret"})
  void whatIsNoReferenceIsNone(String text) {
    assertThat(SecretReference.parse(text)).isEmpty();
  }

  @Test
  void aVariableIsRead() throws IOException {
    assertThat(reference("env:PATH").read().reveal()).isEqualTo(System.getenv("PATH").strip());
    assertThatThrownBy(() -> reference("env:NO_SUCH_VARIABLE_IS_SET").read())
        .hasMessage("env:NO_SUCH_VARIABLE_IS_SET holds nothing");
  }

  @Test
  void aFileIsReadAgainAndWhatWasGoodStaysWhileItIsNot() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), "  first\n");
    RereadSecret secret = RereadSecret.open("redis.password", reference("file:" + file));
    assertThat(secret.now().reveal()).isEqualTo("first");

    Files.writeString(file, "second");
    assertThat(secret.now().reveal()).isEqualTo("second");
    Files.writeString(file, " \n");
    assertThat(secret.now().reveal()).isEqualTo("second");
    Files.write(file, new byte[70_000]);
    assertThat(secret.now().reveal()).isEqualTo("second");

    assertThatThrownBy(
            () -> RereadSecret.open("redis.password", reference("file:" + directory + "/none")))
        .hasMessageStartingWith("redis.password: file:" + directory + "/none cannot be read");
  }

  @Test
  void itsTextFormIsTheReference() {
    assertThat(reference("env:A_1")).hasToString("env:A_1");
    assertThat(reference("file:/run/secrets/a")).hasToString("file:/run/secrets/a");
  }

  private static SecretReference reference(String text) {
    return SecretReference.parse(text).orElseThrow();
  }
}
