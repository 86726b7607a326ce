package io.signalbox.gateway.plugins;

import io.signalbox.gateway.ledger.AuditEntry.Who;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of {@link PluginDesk}, and what has come of it. */
public final class Change {
  private Change() {}

  /**
   * An order to change a plugin.
   *
   * @param plugin its name
   * @param who who asks
   * @param present SHA-256 that the jar in the folder must have now; null for any
   * @param onlyNew whether there must be no jar of this plugin in the folder
   */
  public record Order(String plugin, Who who, @Nullable String present, boolean onlyNew) {}

  /** What an order came to. */
  public enum Outcome {
    /** The new jar is in use by all providers that are to run on it. */
    RUNNING,
    /** The new jar is in use, and no provider of it is to run. */
    LOADED,
    /** That jar was in use already. */
    UNCHANGED,
    /** Done in the folder; what follows from it takes longer than was waited for. */
    PENDING,
    /** The plugin is gone. */
    REMOVED,
    /** Done here; it stopped at another node, and those after it were left as they were. */
    STOPPED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the API and in the audit log. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * A change that was made.
   *
   * @param plugin its name
   * @param before SHA-256 of the jar that was there; empty if there was none
   * @param after SHA-256 of the jar that is there; empty if it was removed
   * @param detail what people should know beside the outcome; may be empty
   * @param nodes what came of it on other nodes; empty without a cluster
   */
  public record Done(
      String plugin,
      Outcome outcome,
      Optional<String> before,
      Optional<String> after,
      String detail,
      List<NodeChange> nodes) {

    /** Copies the list. */
    public Done {
      nodes = List.copyOf(nodes);
    }

    /** A change of this node alone. */
    Done(
        String plugin,
        Outcome outcome,
        Optional<String> before,
        Optional<String> after,
        String detail) {
      this(plugin, outcome, before, after, detail, List.of());
    }

    /** A removal. */
    static Done removed(Order order, Optional<String> before, boolean gone) {
      return new Done(
          order.plugin(),
          gone ? Outcome.REMOVED : Outcome.PENDING,
          before,
          Optional.empty(),
          gone ? "" : "its providers are being stopped");
    }

    /** The same with what came of it on other nodes. */
    Done with(List<NodeChange> others) {
      Outcome overall = others.stream().allMatch(NodeChange::goesOn) ? outcome : Outcome.STOPPED;
      return new Done(plugin, overall, before, after, detail, others);
    }
  }
}
