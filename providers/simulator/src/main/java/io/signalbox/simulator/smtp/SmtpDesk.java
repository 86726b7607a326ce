package io.signalbox.simulator.smtp;

import io.signalbox.simulator.core.FaultMode;
import io.signalbox.simulator.core.FaultSettings;
import io.signalbox.simulator.core.PluginState;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The way from the threads of SMTP sessions to the state, which lives on the event loop. Sessions
 * wait here; the event loop never waits for them.
 */
final class SmtpDesk {
  private static final int PATIENCE_SECONDS = 10;

  private final Context loop;
  private final PluginState state;

  SmtpDesk(Context loop, PluginState state) {
    this.loop = loop;
    this.state = state;
  }

  /** How the next mail is to be served. */
  Turn nextTurn() throws TimeoutException {
    return ask(
        () -> {
          FaultSettings settings = state.settings();
          boolean applies = state.isHit();
          return new Turn(
              applies ? settings.mode() : FaultMode.OK,
              applies ? settings.latencyMillis() : 0,
              settings.retryAfterSeconds());
        });
  }

  /**
   * Takes a mail, once for each recipient.
   *
   * @param delivered whether it reaches them
   * @return the queue's id
   */
  String take(List<String> recipients, ReadMail mail, boolean delivered) throws TimeoutException {
    return ask(
        () -> {
          String queueId = state.ids().hex(10);
          String id = mail.messageId() == null ? queueId : mail.messageId();
          for (String recipient : recipients) {
            state
                .received()
                .add(recipient, mail.reference(), id, mail.text(), delivered, mail.headers());
          }
          return queueId;
        });
  }

  private <T> T ask(Supplier<T> question) throws TimeoutException {
    Promise<T> answer = Promise.promise();
    loop.runOnContext(
        v -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException bug) {
            answer.fail(bug);
          }
        });
    return answer.future().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
