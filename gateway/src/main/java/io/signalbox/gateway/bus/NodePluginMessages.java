package io.signalbox.gateway.bus;

import io.vertx.core.buffer.Buffer;
import java.util.List;

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
   */
  public record TakePlugin(
      String plugin, String sha256, String source, AskedBy askedBy, String holder)
      implements NodePluginMessage {}

  /** Tells a node to remove a plugin; answered with {@link PluginTaken}. */
  public record DropPlugin(String plugin, AskedBy askedBy) implements NodePluginMessage {}

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

  /** Asks which plugins were changed over HTTP; answered with {@link PluginsHeld}. */
  public record AskPlugins() implements NodePluginMessage {}

  /** The plugins in use that came over HTTP. */
  public record PluginsHeld(List<HeldPlugin> plugins) implements NodePluginMessage {

    /** Copies the list. */
    public PluginsHeld {
      plugins = List.copyOf(plugins);
    }
  }

  /**
   * A plugin in use that came over HTTP.
   *
   * @param source as in the API
   * @param sinceMillis when it was taken into use there, epoch milliseconds
   */
  public record HeldPlugin(String plugin, String sha256, String source, long sinceMillis) {}
}
