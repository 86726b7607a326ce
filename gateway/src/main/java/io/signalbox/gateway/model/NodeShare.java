package io.signalbox.gateway.model;

import java.util.Collection;
import java.util.TreeMap;

/**
 * What a node does of the work that it shares with others. A notification lies in one of 64
 * buckets, by the low bits of its id's random part; living nodes split the buckets among
 * themselves.
 *
 * @param node the node's number, 0 to 63
 * @param buckets its buckets, a bit each; all while it is alone; without any, its new ids lie in
 *     all
 * @param alone whether nobody can share the ledger: then ids need not tell their nodes apart
 * @param after keys that this number may have been used for by another process are not greater
 */
public record NodeShare(int node, long buckets, boolean alone, long after) {
  /** How many nodes there are at most. */
  public static final int MAX_NODES = 64;

  /** How many buckets there are. */
  public static final int BUCKETS = 64;

  /** The share of the only node there can be. */
  public static final NodeShare ALONE = new NodeShare(0, -1L, true, 0);

  /** Checks the range. */
  public NodeShare {
    if (node < 0 || node >= MAX_NODES) {
      throw new IllegalArgumentException("a node's number is from 0 to 63, was " + node);
    }
  }

  /** Whether a notification is this node's to do. */
  public boolean has(NotificationId id) {
    return ((buckets >>> bucket(id.random())) & 1) != 0;
  }

  /** The same node, whose new ids lie in any bucket: for others to do, too. */
  public NodeShare spread() {
    return alone ? this : new NodeShare(node, 0, false, after);
  }

  /** The bucket of an id's random part. */
  static int bucket(long random) {
    return (int) (random & (BUCKETS - 1));
  }

  /**
   * The random part of a new id, in a bucket of this share if it has any.
   *
   * @param random 62 random bits
   */
  long into(long random) {
    if (buckets == 0 || ((buckets >>> bucket(random)) & 1) != 0) {
      return random;
    }
    // The bits above the bucket's choose one.
    int skip = (int) (((random >>> 6) & 0xffff) % Long.bitCount(buckets));
    long left = buckets;
    for (; skip > 0; skip--) {
      left &= left - 1;
    }
    return (random & -BUCKETS) | Long.numberOfTrailingZeros(left);
  }

  /**
   * The buckets of a node. All nodes that see the same nodes living split alike: evenly, but for
   * one, and so that few buckets change hands when one comes or goes (highest random weight, Thaler
   * and Ravishankar 1998, with a limit for each).
   *
   * @param living the numbers of all living nodes
   * @return none if the node is not one of them
   */
  public static long split(int node, Collection<Integer> living) {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    living.forEach(number -> counts.put(number, 0));
    if (!counts.containsKey(node)) {
      return 0;
    }
    int even = BUCKETS / counts.size();
    long mine = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      int most = bucket < even * counts.size() ? even : even + 1;
      int owner = owner(bucket, counts, most);
      counts.merge(owner, 1, Integer::sum);
      if (owner == node) {
        mine |= 1L << bucket;
      }
    }
    return mine;
  }

  private static int owner(int bucket, TreeMap<Integer, Integer> counts, int most) {
    int owner = -1;
    long best = 0;
    for (var each : counts.entrySet()) {
      long weight = weight(bucket, each.getKey());
      if (each.getValue() < most && (owner < 0 || weight > best)) {
        owner = each.getKey();
        best = weight;
      }
    }
    return owner;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long weight(int bucket, int node) {
    long z = (bucket * 64L + node + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
