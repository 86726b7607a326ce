package io.signalbox.toolkit;

import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A provider of operations over HTTP: makes each call once, and gives what was not answered its
 * outcome from how far the call got. A provider says what its calls are and what answers mean.
 */
public abstract class HttpOperationProvider extends HttpProvider {

  /**
   * Opens no connection yet.
   *
   * @param context as the factory got it
   */
  protected HttpOperationProvider(ProviderContext context) {
    super(context);
  }

  /**
   * Makes a call.
   *
   * @param call what to send
   * @param traceparent handed on; null if the call is in no trace
   * @param meaning what an answer means, whatever its status; must not throw
   * @return what came of it: transient if the provider certainly has not acted on the call, unknown
   *     if it may have and no whole answer came
   * @param <T> what the call gives when it is done
   */
  protected final <T> Future<Answer<T>> call(
      HttpCall call,
      @Nullable String traceparent,
      Function<HttpAnswer.Answered, Answer<T>> meaning) {
    return send(call, traceparent)
        .map(
            answer ->
                answer instanceof HttpAnswer.Answered answered
                    ? meaning.apply(answered)
                    : new Answer.Failed<T>(((HttpAnswer.Unanswered) answer).outcome()));
  }

  /**
   * Makes a call that is in no trace; see {@link #call(HttpCall, String, Function)}.
   *
   * @param call what to send
   * @param meaning what an answer means, whatever its status; must not throw
   * @return what came of it
   * @param <T> what the call gives when it is done
   */
  protected final <T> Future<Answer<T>> call(
      HttpCall call, Function<HttpAnswer.Answered, Answer<T>> meaning) {
    return call(call, null, meaning);
  }
}
