package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.OperationMessages.AnsweredLate;
import io.signalbox.gateway.bus.OperationMessages.Operate;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices the answer to one call that comes after the call was given up, and tells it where the
 * call has changed something: its outcome was unknown until then. Used on one context.
 */
final class LateCall {
  private static final Logger LOG = LoggerFactory.getLogger(LateCall.class);

  private final String provider;
  private final Operate asked;
  private final Bus bus;
  private boolean settled;

  LateCall(String provider, Operate asked, Bus bus) {
    this.provider = provider;
    this.asked = asked;
    this.bus = bus;
  }

  /** The same answer, watched. */
  <T> Future<Answer<T>> watch(Future<Answer<T>> answer) {
    return answer.onSuccess(this::heard);
  }

  /** The call has its answer. */
  void settled() {
    settled = true;
  }

  private void heard(Answer<?> answer) {
    if (!settled) {
      return;
    }
    LOG.info(
        "call {} ({}): provider {} answered after it had been given up: {}",
        asked.attempt(),
        asked.call().type().wireName(),
        provider,
        kind(answer));
    if (asked.call().type().changes()) {
      bus.publish(
          Addresses.OPERATIONS_LATE,
          new AnsweredLate(provider, asked.attempt(), asked.call(), answer));
    }
  }

  private static String kind(Answer<?> answer) {
    if (answer instanceof Answer.Failed<?> failed) {
      return failed.outcome().kind().wireName();
    }
    return answer instanceof Answer.Done<?> ? OutcomeKind.SENT.wireName() : "unserved";
  }
}
