package io.signalbox.gateway.model;

import io.vertx.core.Vertx;
import org.jspecify.annotations.NullMarked;

/** A model that is not plain. */
@NullMarked
public final class KnowsVertx {
  public boolean clustered(Vertx vertx) {
    return vertx.isClustered();
  }
}
