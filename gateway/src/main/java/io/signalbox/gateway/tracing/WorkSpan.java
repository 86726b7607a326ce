package io.signalbox.gateway.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.operation.Answer;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work within a trace, from its begin to its end. Nothing that names a recipient or a
 * content is ever put into it. Thread-safe.
 */
public final class WorkSpan {
  private final Span span;

  WorkSpan(Span span) {
    this.span = span;
  }

  /** Where what follows from it stands in the trace. */
  public TraceContext place() {
    return place(span.getSpanContext());
  }

  static TraceContext place(SpanContext at) {
    String trace = at.getTraceId();
    return new TraceContext(
        HexFormat.fromHexDigitsToLong(trace, 0, 16),
        HexFormat.fromHexDigitsToLong(trace, 16, 32),
        HexFormat.fromHexDigitsToLong(at.getSpanId()),
        at.isSampled());
  }

  /** Does something within it: messages that are sent meanwhile belong to it. */
  @SuppressWarnings("try") // The scope is there to be closed.
  public <T> T around(Supplier<T> action) {
    try (Scope scope = span.makeCurrent()) {
      return action.get();
    }
  }

  /** Says how an attempt ended, and ends. */
  public void end(Outcome outcome) {
    Evidence evidence = outcome.evidence();
    span.setAttribute(Names.OUTCOME, outcome.kind().wireName());
    Integer status = evidence.httpStatus();
    if (status != null) {
      span.setAttribute(Names.HTTP_STATUS, (long) status);
    }
    if (!(outcome instanceof Outcome.Sent)) {
      span.setStatus(StatusCode.ERROR, outcome.kind().wireName());
    }
    span.end();
  }

  /** Says how a call of an operation was answered, and ends. */
  public void end(Answer<?> answer) {
    if (answer instanceof Answer.Failed<?> failed) {
      end(failed.outcome());
      return;
    }
    // What a provider cannot serve now is an answer of one that works.
    span.setAttribute(Names.OUTCOME, answer instanceof Answer.Unserved ? "unserved" : "done");
    end(answer.evidence().httpStatus(), null);
  }

  /**
   * Says what was answered, and ends.
   *
   * @param httpStatus 0 if there was no answer
   * @param error a short word; null if nothing went wrong
   */
  public void end(int httpStatus, @Nullable String error) {
    if (httpStatus > 0) {
      span.setAttribute(Names.HTTP_STATUS, (long) httpStatus);
    }
    if (error != null) {
      span.setStatus(StatusCode.ERROR, error);
    }
    span.end();
  }

  /**
   * Says which call a request over HTTP is, and how it is answered; it ends with the answer.
   *
   * @param route the path's template, in which no value of the request stands
   */
  public void answered(String method, String route, int status) {
    span.updateName(method + " " + route);
    span.setAttribute(Names.ROUTE, route);
    if (status >= 500) {
      span.setStatus(StatusCode.ERROR);
    }
  }

  /** Ends without a result. */
  public void end() {
    span.end();
  }
}
