package io.signalbox.gateway.ledger;

import io.vertx.core.Future;

/**
 * Seals anew what is stored under another key than the current one, or under none; and takes the
 * seals away where none is to seal any more.
 */
public interface Resealing {

  /**
   * Begins to use the keys; to be asked for once, before anything is stored.
   *
   * @return fails with a {@link SealedException} if something is stored under a key that is not
   *     there, or is another one of the same id
   */
  Future<Void> begin();

  /**
   * Looks at the next page, unless another node does this; after all of it was looked at, and
   * nobody has used another key for a minute, nothing is done until there is another key.
   *
   * @return whether there is more to do at once
   */
  Future<Boolean> resealSome();
}
