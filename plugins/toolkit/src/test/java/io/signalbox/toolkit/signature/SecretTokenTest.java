package io.signalbox.toolkit.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.signalbox.spi.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretTokenTest {
  @Test
  void acceptsAnyOfItsSecretsAndNothingElse() {
    var token = new SecretToken(List.of(new Secret("new"), new Secret("old")));
    assertThat(token.verify("new").genuine()).isTrue();
    assertThat(token.verify("old").genuine()).isTrue();
    assertThat(token.verify("ol").genuine()).isFalse();
    assertThat(token.verify("").genuine()).isFalse();
    assertThat(token.verify(null).genuine()).isFalse();
  }

  @Test
  void needsSecrets() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SecretToken(List.of()));
  }
}
