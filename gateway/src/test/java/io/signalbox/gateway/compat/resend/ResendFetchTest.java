package io.signalbox.gateway.compat.resend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of a mail to several recipients. */
class ResendFetchTest {

  @Test
  void whatWentWrongForOneIsTold() {
    assertThat(ResendFetch.together(List.of("delivered", "bounced", "queued")))
        .isEqualTo("bounced");
    assertThat(ResendFetch.together(List.of("clicked", "failed"))).isEqualTo("failed");
  }

  @Test
  void orElseHowFarTheLeastAdvancedHasCome() {
    assertThat(ResendFetch.together(List.of("delivered", "queued", "sent"))).isEqualTo("queued");
    assertThat(ResendFetch.together(List.of("clicked", "delivered"))).isEqualTo("delivered");
    assertThat(ResendFetch.together(List.of("sent"))).isEqualTo("sent");
  }
}
