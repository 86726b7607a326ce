package io.signalbox.gateway.plugins;

import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.model.OrderStamp;
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
   * @param stamp when it was given at another node; null if it is given here
   */
  public record Order(
      String plugin,
      Who who,
      @Nullable String present,
      boolean onlyNew,
      @Nullable OrderStamp stamp) {

    /** An order that is given here. */
    public Order(String plugin, Who who, @Nullable String present, boolean onlyNew) {
      this(plugin, who, present, onlyNew, null);
    }

    /** An order of another node, whatever is in the folder here. */
    public static Order from(OrderStamp stamp, String plugin, Who who) {
      return new Order(plugin, who, null, false, stamp);
    }
  }

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
    /** Done here; it goes on to other nodes for longer than was waited for. */
    ROLLING,
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
   * @param stamp when it was ordered
   */
  public record Done(
      String plugin,
      Outcome outcome,
      Optional<String> before,
      Optional<String> after,
      String detail,
      List<NodeChange> nodes,
      OrderStamp stamp) {
    private static final OrderStamp NO_STAMP = new OrderStamp(0, "");

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
      this(plugin, outcome, before, after, detail, List.of(), NO_STAMP);
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

    /** A removal of what is not there. */
    static Done absent(Order order) {
      return new Done(
          order.plugin(),
          Outcome.UNCHANGED,
          Optional.empty(),
          Optional.empty(),
          "it was not there");
    }

    /** The same with what came of it on other nodes. */
    Done with(List<NodeChange> others) {
      Outcome overall = others.stream().allMatch(NodeChange::goesOn) ? outcome : Outcome.STOPPED;
      return new Done(plugin, overall, before, after, detail, others, stamp);
    }

    /** The same while it goes on to other nodes. */
    Done rolling() {
      return new Done(
          plugin,
          Outcome.ROLLING,
          before,
          after,
          "it goes on to the other nodes; GET /api/v1/plugins/" + plugin + " tells how that ends",
          nodes,
          stamp);
    }

    /** The same with when it was ordered. */
    Done stamped(OrderStamp when) {
      return new Done(plugin, outcome, before, after, detail, nodes, when);
    }
  }
}
