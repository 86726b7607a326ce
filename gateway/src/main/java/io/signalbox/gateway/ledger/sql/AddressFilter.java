package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Addressee;
import org.jspecify.annotations.Nullable;

/**
 * Tells of most recipients without a look at the table that they are certainly not on the
 * suppression list: a Bloom filter. It takes no memory while the list is empty and 256 KiB then;
 * with 100,000 entries it is wrong, and costs a look, for 1 of 400 recipients. It outlives the
 * connection: an entry that was taken back with its transaction costs no more than a look. Used by
 * the writer's thread alone.
 */
final class AddressFilter {
  private static final int PROBE_BITS = 21;
  private static final int PROBES = 3;
  private static final long PROBE_MASK = (1L << PROBE_BITS) - 1;

  private long @Nullable [] words;
  private boolean complete;
  private long revision;
  private long greatestId;
  private boolean hashes;

  void add(Addressee addressee) {
    hashes |= addressee.address().startsWith(RecipientHashes.PREFIX);
    long[] open = words;
    if (open == null) {
      open = new long[1 << (PROBE_BITS - 6)];
      words = open;
    }
    long hash = hash(addressee);
    for (int i = 0; i < PROBES; i++) {
      long bit = (hash >>> (i * PROBE_BITS)) & PROBE_MASK;
      open[(int) (bit >>> 6)] |= 1L << bit;
    }
  }

  /** Whether it has everybody who is on the list of that revision. */
  boolean isComplete(long revisionNow) {
    return complete && revision == revisionNow;
  }

  /** The greatest id of an entry that it was completed with; 0 at first. */
  long greatestId() {
    return greatestId;
  }

  /** From now on it has everybody: who comes on the list here is added too. */
  void complete(long revisionNow, long greatestIdNow) {
    complete = true;
    revision = revisionNow;
    greatestId = greatestIdNow;
  }

  /** Whether somebody was added by a hash. */
  boolean hasHashes() {
    return hashes;
  }

  /** Whether nobody was ever added. */
  boolean isEmpty() {
    return words == null;
  }

  /** Whether the recipient may be on the list; false is certain. */
  boolean mayHold(Addressee addressee) {
    long[] open = words;
    if (open == null) {
      return false;
    }
    long hash = hash(addressee);
    for (int i = 0; i < PROBES; i++) {
      long bit = (hash >>> (i * PROBE_BITS)) & PROBE_MASK;
      if ((open[(int) (bit >>> 6)] & (1L << bit)) == 0) {
        return false;
      }
    }
    return true;
  }

  /** FNV-1a over the texts, then the last step of MurmurHash3, so that every bit counts. */
  private static long hash(Addressee addressee) {
    long hash = 0xcbf29ce484222325L ^ addressee.channel().code();
    hash = fold(fold(hash, addressee.address()), addressee.tenant());
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  private static long fold(long hash, String text) {
    long folded = hash;
    for (int i = 0; i < text.length(); i++) {
      folded = (folded ^ text.charAt(i)) * 0x100000001b3L;
    }
    return folded;
  }
}
