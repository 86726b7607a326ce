package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NodeShare;
import java.util.List;

/**
 * The nodes that share a ledger, as this one sees them: at most about a second late. What it says
 * splits work, and may be wrong for a moment; what is done twice is refused by the ledger.
 * Thread-safe, cheap to ask.
 */
public interface Nodes {
  /** Of a ledger that nobody can share. */
  Nodes ALONE =
      new Nodes() {
        @Override
        public NodeShare share() {
          return NodeShare.ALONE;
        }

        @Override
        public List<Node> living() {
          return List.of(new Node(0, 0, "", 0));
        }

        @Override
        public void works(boolean working) {
          // Nobody else could do the work.
        }

        @Override
        public Listening onChange(Runnable bell) {
          return () -> {};
        }
      };

  /** Which node this is, and what is its own. */
  NodeShare share();

  /** All living nodes, this one among them, by their numbers. */
  List<Node> living();

  /**
   * Says whether this node has what it needs to do its share: while it is starting or draining,
   * others that have do it. Where nobody has, all do.
   */
  void works(boolean working);

  /**
   * Has a bell rung after each change of {@link #share()} or {@link #living()}.
   *
   * @param bell called on any thread; must not block
   */
  Listening onChange(Runnable bell);

  /** A bell that is rung until it is closed. */
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }
}
