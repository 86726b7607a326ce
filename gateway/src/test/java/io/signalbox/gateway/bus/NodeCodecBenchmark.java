package io.signalbox.gateway.bus;

import io.signalbox.gateway.bus.NodeProviderMessages.DeliverThere;
import io.signalbox.gateway.bus.NodeProviderMessages.DeliveredThere;
import io.signalbox.gateway.bus.NodeProviderMessages.ProvidersHere;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What writing and reading messages between nodes costs, and on one node, where nothing is copied.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class NodeCodecBenchmark {
  private static final int PROVIDERS = 8;

  /** An attempt over another node's provider, its answer, and what a node tells each second. */
  @Param({"deliver", "delivered", "providers"})
  public String message;

  private final NodeCodec codec = new NodeCodec();
  private final IdentityCodec local = new IdentityCodec();
  private NodeMessage value;
  private Buffer wire;

  /** What was written must be read as it was. */
  @Setup
  public void setUp() {
    Deliver deliver = NodeProviderExamples.attempt(1);
    value =
        switch (message) {
          case "deliver" -> new DeliverThere("mail", 0, deliver);
          case "delivered" ->
              new DeliveredThere(
                  new Delivered(
                      deliver.attempt(),
                      new Outcome.Sent("m-1", Evidence.answered(202, null, null)),
                      12));
          default -> new ProvidersHere("n1", 1, false, states());
        };
    wire = write();
    if (!read().equals(value) || onThisNode() != value) {
      throw new IllegalStateException("it is read otherwise than it was written");
    }
  }

  private static List<ProviderState> states() {
    return IntStream.range(0, PROVIDERS)
        .mapToObj(i -> NodeProviderExamples.state("provider-" + i, i, Stage.ACTIVE))
        .toList();
  }

  @Benchmark
  public Buffer write() {
    Buffer written = Buffer.buffer();
    codec.encodeToWire(written, value);
    return written;
  }

  @Benchmark
  public NodeMessage read() {
    return codec.decodeFromWire(0, wire);
  }

  @Benchmark
  public Object onThisNode() {
    return local.transform(value);
  }
}
