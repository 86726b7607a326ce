package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationLedger.OpenOperations;
import io.signalbox.gateway.ledger.OperationProblem;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.gateway.operation.OperationMeter;
import io.signalbox.spi.Channel;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Rented numbers and bookings, by kind. Thread-safe. */
public final class OperationMeters implements OperationMeter {
  private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);
  private static final List<String> ENDS =
      Stream.concat(
              Stream.of(OperationState.CONFIRMED.wireName(), OperationState.CANCELLED.wireName()),
              Arrays.stream(OperationProblem.Kind.values()).map(OperationProblem.Kind::wireName))
          .toList();

  private final Map<Channel, OfKind> kinds = new EnumMap<>(Channel.class);
  private final AtomicInteger waiting = new AtomicInteger();

  OperationMeters(MeterRegistry registry, Histograms histograms) {
    Histogram duration =
        histograms.longSeconds(
            "signalbox_operation_duration_seconds",
            "From when an operation was accepted to its end",
            "kind");
    Gauge.builder("signalbox.operations.waiting", waiting, AtomicInteger::get)
        .description("Callers that wait for the end of an operation, at this node")
        .register(registry);
    for (Channel channel : Channel.values()) {
      if (!channel.carriesMessages()) {
        kinds.put(channel, new OfKind(registry, duration, channel.wireName()));
      }
    }
  }

  /** One kind's meters, found once. */
  private static final class OfKind {
    private final CountersByTag ended;
    private final Counter refused;
    private final Counter stuck;
    private final Counter notWaited;
    private final Counter compensated;
    private final Counter orphaned;
    private final DistributionDataPoint duration;
    private final Map<OperationState, AtomicLong> open = new ConcurrentHashMap<>();

    OfKind(MeterRegistry registry, Histogram histogram, String kind) {
      Tags tags = Tags.of("kind", kind);
      ended =
          new CountersByTag(
                  registry, "signalbox.operations", "Operations that had their end", tags, "end")
              .with(ENDS);
      refused =
          counter(
              registry,
              "signalbox.operations.refused",
              "Operations that were not accepted, because too many are open",
              tags);
      stuck =
          counter(
              registry,
              "signalbox.operations.stuck",
              "Changes of operations that the ledger refused for good",
              tags);
      notWaited =
          counter(
              registry,
              "signalbox.operations.not.waited",
              "Callers that were answered 202 at once, because too many wait",
              tags);
      compensated =
          counter(
              registry,
              "signalbox.operations.compensated",
              "Rentals and bookings that were nobody's and are undone",
              tags);
      orphaned =
          counter(
              registry,
              "signalbox.operations.orphaned",
              "Rentals and bookings that are nobody's and are left to a person",
              tags);
      duration = histogram.labelValues(kind);
      for (OperationState state : OperationState.values()) {
        if (state.isOpen()) {
          AtomicLong count = new AtomicLong();
          open.put(state, count);
          Gauge.builder("signalbox.operations.open", count, AtomicLong::get)
              .description("Operations without an end, of this node")
              .tags(tags.and("state", state.wireName()))
              .register(registry);
        }
      }
    }

    private static Counter counter(MeterRegistry registry, String name, String help, Tags tags) {
      return Counter.builder(name).description(help).tags(tags).register(registry);
    }
  }

  private OfKind of(Channel kind) {
    OfKind found = kinds.get(kind);
    if (found == null) {
      throw new IllegalArgumentException(kind.wireName() + " is no kind of operation");
    }
    return found;
  }

  @Override
  public void ended(Operation operation) {
    OfKind its = of(operation.kind());
    OperationProblem problem = operation.problem();
    its.ended
        .of(problem == null ? operation.state().wireName() : problem.kind().wireName())
        .increment();
    long took = operation.progress().endedAtMillis() - operation.createdAtMillis();
    its.duration.observe(Math.max(0, took) / MILLIS);
  }

  @Override
  public void open(List<OpenOperations> open) {
    kinds.forEach(
        (kind, its) ->
            its.open.forEach(
                (state, count) ->
                    count.set(
                        open.stream()
                            .filter(one -> one.kind() == kind && one.state() == state)
                            .mapToLong(OpenOperations::count)
                            .sum())));
  }

  @Override
  public void refused(Channel kind) {
    of(kind).refused.increment();
  }

  @Override
  public void stuck(Channel kind) {
    of(kind).stuck.increment();
  }

  @Override
  public void waiting(int callers) {
    waiting.set(callers);
  }

  @Override
  public void notWaited(Channel kind) {
    of(kind).notWaited.increment();
  }

  @Override
  public void compensated(Channel kind) {
    of(kind).compensated.increment();
  }

  @Override
  public void orphaned(Channel kind) {
    of(kind).orphaned.increment();
  }
}
