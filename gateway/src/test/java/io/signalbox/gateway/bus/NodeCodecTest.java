package io.signalbox.gateway.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.bus.NodeOperationMessages.OperatedThere;
import io.signalbox.gateway.bus.NodePluginMessages.AskJar;
import io.signalbox.gateway.bus.NodePluginMessages.AskPlugins;
import io.signalbox.gateway.bus.NodePluginMessages.AskedBy;
import io.signalbox.gateway.bus.NodePluginMessages.DropPlugin;
import io.signalbox.gateway.bus.NodePluginMessages.HeldPlugin;
import io.signalbox.gateway.bus.NodePluginMessages.JarPart;
import io.signalbox.gateway.bus.NodePluginMessages.OrderDone;
import io.signalbox.gateway.bus.NodePluginMessages.PluginTaken;
import io.signalbox.gateway.bus.NodePluginMessages.PluginsHeld;
import io.signalbox.gateway.bus.NodePluginMessages.TakePlugin;
import io.signalbox.gateway.bus.PeerMessages.Bell;
import io.signalbox.gateway.bus.PeerMessages.Ping;
import io.signalbox.gateway.bus.PeerMessages.PingOther;
import io.signalbox.gateway.bus.PeerMessages.Pong;
import io.signalbox.gateway.bus.PeerMessages.Ring;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.model.OrderStamp;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NodeCodecTest {
  private static final AskedBy ALEX = new AskedBy("acme", "alex", "10.0.0.9", "corr-ü");
  private static final int PREFIX = 3;

  /** Told with each failure. */
  private static final long SEED = System.nanoTime();

  private static final OrderStamp STAMP = new OrderStamp(7, "n1");

  private final NodeCodec codec = new NodeCodec();

  static Stream<NodeMessage> messages() {
    return Stream.of(simple(), NodeProviderExamples.all(), RandomCalls.messages(SEED, 200))
        .flatMap(List::stream);
  }

  private static List<NodeMessage> simple() {
    return List.of(
        new Ping(),
        new Pong(),
        new PingOther("n1"),
        new Ring("n1", Bell.PREFERENCES),
        new TakePlugin("twilio", "ab".repeat(32), "upload", ALEX, "n1", STAMP),
        new DropPlugin("twilio", ALEX, STAMP),
        new OrderDone("twilio", STAMP),
        new PluginTaken("refused", "it does not run"),
        new AskJar("ab".repeat(32), 1L << 33),
        new JarPart(20_000_000_000L, Buffer.buffer(new byte[] {1, 0, -1})),
        new AskPlugins(),
        new PluginsHeld(
            List.of(
                new HeldPlugin("twilio", "ab".repeat(32), "rollback", STAMP),
                new HeldPlugin("vonage", null, "folder", STAMP))));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsReadAsItWasWritten(NodeMessage message) {
    Buffer wire = Buffer.buffer("abc");
    codec.encodeToWire(wire, message);
    assertThat(codec.decodeFromWire(PREFIX, wire.appendString("more")))
        .as("calls of seed %d", SEED)
        .isEqualTo(message);
  }

  @Test
  void everyMessageHasAnExample() {
    Set<Class<?>> all = leaves(NodeMessage.class).collect(Collectors.toUnmodifiableSet());
    assertThat(messages().toList()).extracting(Object::getClass).containsAll(all);
  }

  @Test
  void everyCallAndAnswerIsAmongTheRandomOnes() {
    assertThat(RandomCalls.all(SEED, 400))
        .as("calls of seed %d", SEED)
        .extracting(call -> (Object) call.getClass())
        .containsAll(leaves(ProviderCall.class).toList());
    assertThat(RandomCalls.messages(SEED, 400))
        .as("calls of seed %d", SEED)
        .filteredOn(OperatedThere.class::isInstance)
        .extracting(message -> (Object) ((OperatedThere) message).operated().answer().getClass())
        .containsAll(leaves(Answer.class).toList());
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(NodeCodecTest::leaves)
        : Stream.of(type);
  }

  @Test
  void aReaderPassesOverFieldsThatItDoesNotKnow() {
    assertThat(codec.decodeFromWire(0, wire("PingOther", "{\"node\":\"n1\",\"new\":{}}")))
        .isEqualTo(new PingOther("n1"));
  }

  @Test
  void anotherVersionOrAnUnknownMessageIsRefusedByName() {
    Buffer newer = wire("Ping", "{}").setByte(0, (byte) 2);
    assertThatThrownBy(() -> codec.decodeFromWire(0, newer))
        .hasMessage("this node reads messages of version 1, not of 2");
    assertThatThrownBy(() -> codec.decodeFromWire(0, wire("Dance", "{}")))
        .hasMessage("this node knows no message Dance");
  }

  private static Buffer wire(String name, String fields) {
    return Buffer.buffer()
        .appendByte(NodeCodec.VERSION)
        .appendInt(name.length())
        .appendString(name)
        .appendInt(fields.length())
        .appendString(fields)
        .appendInt(0);
  }
}
