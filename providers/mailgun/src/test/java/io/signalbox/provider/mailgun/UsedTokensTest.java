package io.signalbox.provider.mailgun;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class UsedTokensTest {
  private static final Buffer EVENT = Buffer.buffer("{\"event\":\"delivered\"}");
  private static final Buffer OTHER = Buffer.buffer("{\"event\":\"failed\"}");

  @Test
  void forgetsTheOldestWhenItIsFull() {
    UsedTokens tokens = new UsedTokens(2);

    assertThat(tokens.admits("a", EVENT)).isTrue();
    assertThat(tokens.admits("b", EVENT)).isTrue();
    assertThat(tokens.admits("a", OTHER)).isFalse();
    assertThat(tokens.admits("c", EVENT)).isTrue();

    assertThat(tokens.admits("b", OTHER)).isFalse();
    assertThat(tokens.admits("a", OTHER)).as("the oldest was forgotten").isTrue();
  }
}
