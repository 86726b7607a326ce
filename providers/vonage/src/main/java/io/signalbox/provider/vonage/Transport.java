package io.signalbox.provider.vonage;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.HttpCall;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** One of Vonage's APIs that send: what it refuses, how it is called, what its answers mean. */
interface Transport {

  /** What the API would refuse for certain. */
  Optional<Outcome> refusal(DeliveryRequest request);

  /** The call that sends the message, without credentials. */
  HttpCall call(DeliveryRequest request);

  /** The call with credentials; fails if they cannot be had. */
  Future<HttpCall> authorized(HttpCall call, Instant now);

  /** What an answer means. */
  Outcome outcome(HttpAnswer.Answered answer, DeliveryRequest request, Instant now);
}
