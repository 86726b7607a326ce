package io.signalbox.gateway.bus;

import io.signalbox.gateway.model.OrderStamp;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How plugins reach all nodes. */
public final class NodePluginMessages {
  private NodePluginMessages() {}

  /** The sealed family of this conversation. */
  public sealed interface NodePluginMessage extends NodeMessage {}

  /**
   * Who asked for a change, as it stands in the audit log.
   *
   * @param origin the address of the caller
   */
  public record AskedBy(String tenant, String actor, String origin, String correlationId) {}

  /**
   * Tells a node to run a jar; answered with {@link PluginTaken} when it does or does not.
   *
   * @param sha256 of the jar
   * @param source what the change was, as in the API
   * @param holder id of the node that has the jar
   * @param stamp when it was ordered
   */
  public record TakePlugin(
      String plugin, String sha256, String source, AskedBy askedBy, String holder, OrderStamp stamp)
      implements NodePluginMessage {}

  /**
   * Tells a node to remove a plugin; answered with {@link PluginTaken}.
   *
   * @param stamp when it was ordered
   */
  public record DropPlugin(String plugin, AskedBy askedBy, OrderStamp stamp)
      implements NodePluginMessage {}

  /** Tells all nodes that an order was carried out on all that were there. */
  public record OrderDone(String plugin, OrderStamp stamp) implements NodePluginMessage {}

  /** What a change came to on a node, in the API's words. */
  public record PluginTaken(String outcome, String detail) implements NodePluginMessage {}

  /** Asks for a part of a jar; answered with {@link JarPart}. */
  public record AskJar(String sha256, long offset) implements NodePluginMessage {}

  /**
   * A part of a jar.
   *
   * @param total how many bytes the whole jar has
   * @param bytes from the offset on; not to be changed
   */
  public record JarPart(long total, Buffer bytes) implements NodePluginMessage {}

  /** Asks what was ordered of plugins; answered with {@link PluginsHeld}. */
  public record AskPlugins() implements NodePluginMessage {}

  /** The newest orders that were carried out on all nodes. */
  public record PluginsHeld(List<HeldPlugin> plugins) implements NodePluginMessage {

    /** Copies the list. */
    public PluginsHeld {
      plugins = List.copyOf(plugins);
    }
  }

  /**
   * What was ordered of a plugin.
   *
   * @param sha256 which jar it is; null if it was removed
   * @param source as in the API
   * @param stamp when it was ordered
   */
  public record HeldPlugin(
      String plugin, @Nullable String sha256, String source, OrderStamp stamp) {}
}
