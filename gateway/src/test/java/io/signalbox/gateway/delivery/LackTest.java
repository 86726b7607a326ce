package io.signalbox.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.spi.MailAddress;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A plugin from before is never handed what it would leave out. */
class LackTest extends BaseSwapTest {

  @Test
  void whatItsPluginCannotDoIsNotHandedToIt() throws Exception {
    List<Object> handed = new CopyOnWriteArrayList<>();
    vertx
        .eventBus()
        .<String>consumer(
            "deliver",
            message -> {
              handed.add(message.body());
              message.reply("id");
            });
    put("1.0", HEALTHY, ASKING);
    start();
    awaitVersion("1.0");

    Outcome lacking =
        await(
                deliver(
                    generation(),
                    new MailOptions(
                        null, null, List.of(new MailAddress("help@example.com", null)))))
            .outcome();

    assertThat(lacking.kind()).isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(lacking.evidence().code()).isEqualTo("lacks_reply_to");
    assertThat(lacking.evidence().progress()).isEqualTo(Progress.NOT_CONNECTED);
    assertThat(await(deliver(generation())).outcome().kind()).isEqualTo(OutcomeKind.SENT);
    assertThat(handed).hasSize(1);
    eventually(
        () ->
            assertThat(observed)
                .as("the first says nothing of its health")
                .extracting(Observed::outcome)
                .containsExactly(OutcomeKind.SENT));
  }
}
