package io.signalbox.gateway.ledger;

import io.vertx.core.Future;

/** Seals anew what is stored under another key than the current one, or under none. */
public interface Resealing {

  /**
   * Looks at the next page, unless another node does this; after all of it was looked at, nothing
   * is done until there is another key.
   *
   * @return whether there is more to do at once
   */
  Future<Boolean> resealSome();
}
