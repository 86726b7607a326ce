package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The meters of requests and their answers that vertx-micrometer has for both sides of HTTP, under
 * its names and labels, each looked up in the registry once and not at every request. One of them
 * for each registry and side. Thread-safe.
 */
final class HttpMeters {
  private static final int LOWEST_STATUS = 100;
  private static final int HIGHEST_STATUS = 599;

  /** Stands for the statuses that HTTP does not have. */
  private static final int ODD_STATUS = 0;

  private final MeterRegistry registry;
  private final Texts texts;

  /** Few: unknown methods are one, see {@link LabelLimits#method}. */
  private final Map<String, OfMethod> byMethod = new ConcurrentHashMap<>();

  HttpMeters(MeterRegistry registry, Texts texts) {
    this.registry = registry;
    this.texts = texts;
  }

  /**
   * What differs between the sides.
   *
   * @param prefix of all names
   * @param active describes the gauge of requests under way
   * @param answers the name of the counter of answers
   * @param answersText describes that counter
   * @param timeText describes the timer
   */
  record Texts(String prefix, String active, String answers, String answersText, String timeText) {}

  /**
   * A request begins, now.
   *
   * @param method as a label
   */
  Exchange begin(String method) {
    OfMethod meters = byMethod.get(method);
    if (meters == null) {
      meters = byMethod.computeIfAbsent(method, OfMethod::new);
    }
    meters.active.increment();
    return new Exchange(meters);
  }

  /** One request with its answer, as far as they got. Used by one thread at a time. */
  static final class Exchange {
    private final OfMethod meters;
    private final long begunNanos = System.nanoTime();
    private @Nullable OfStatus status;
    private boolean requestEnded;
    private boolean answerEnded;
    private boolean over;

    private Exchange(OfMethod meters) {
      this.meters = meters;
    }

    /** Its method, as a label. */
    String method() {
      return meters.method;
    }

    /** The request is through, with so many bytes. */
    void requestEnded(long bytes) {
      meters.requestBytes.record((double) bytes);
      requestEnded = true;
      overIf(answerEnded);
    }

    /** The answer begins. */
    void answerBegun(int code) {
      status = meters.status(code);
    }

    /** The answer is through, with so many bytes. */
    void answerEnded(long bytes) {
      OfStatus known = status;
      if (known != null) {
        known.answers.increment();
        known.time.record(System.nanoTime() - begunNanos, TimeUnit.NANOSECONDS);
        known.bytes.record((double) bytes);
      }
      answerEnded = true;
      overIf(requestEnded);
    }

    /** Request or answer broke off. */
    void broken() {
      overIf(true);
    }

    private void overIf(boolean ends) {
      if (ends && !over) {
        over = true;
        meters.active.decrement();
      }
    }
  }

  private final class OfMethod {
    private final String method;
    private final LongAdder active = new LongAdder();
    private final DistributionSummary requestBytes;
    private final Map<Integer, OfStatus> byStatus = new ConcurrentHashMap<>();

    private OfMethod(String method) {
      this.method = method;
      Tags tags = Tags.of("method", method);
      Gauge.builder(texts.prefix + "active.requests", active::sum)
          .description(texts.active)
          .tags(tags)
          .register(registry);
      requestBytes =
          DistributionSummary.builder(texts.prefix + "request.bytes")
              .description("Size of requests in bytes")
              .tags(tags)
              .register(registry);
    }

    private OfStatus status(int code) {
      // Whoever answers may invent statuses, and not each may stay in memory.
      int known = code < LOWEST_STATUS || code > HIGHEST_STATUS ? ODD_STATUS : code;
      OfStatus meters = byStatus.get(known);
      return meters != null
          ? meters
          : byStatus.computeIfAbsent(known, first -> new OfStatus(method, first));
    }
  }

  private final class OfStatus {
    private final Counter answers;
    private final Timer time;
    private final DistributionSummary bytes;

    private OfStatus(String method, int code) {
      String label = code == ODD_STATUS ? CountersByTag.OTHER : Integer.toString(code);
      Tags tags = Tags.of("method", method, "code", label);
      answers =
          Counter.builder(texts.prefix + texts.answers)
              .description(texts.answersText)
              .tags(tags)
              .register(registry);
      time =
          Timer.builder(texts.prefix + "response.time")
              .description(texts.timeText)
              .tags(tags)
              .register(registry);
      bytes =
          DistributionSummary.builder(texts.prefix + "response.bytes")
              .description("Size of responses in bytes")
              .tags(tags)
              .register(registry);
    }
  }
}
