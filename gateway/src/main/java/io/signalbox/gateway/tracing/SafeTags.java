package io.signalbox.gateway.tracing;

import io.vertx.core.spi.tracing.TagExtractor;
import java.util.Set;

/**
 * Those tags of Vert.x that hold neither recipients nor secrets: URLs, paths and queries may hold
 * both.
 *
 * @param all those that there are
 */
record SafeTags<R>(TagExtractor<R> all) implements TagExtractor<R> {
  private static final Set<String> SAFE =
      Set.of(
          "http.request.method",
          "http.response.status_code",
          "url.scheme",
          "messaging.destination.name",
          "messaging.operation.name",
          "messaging.system");

  @Override
  public int len(R of) {
    int safe = 0;
    for (int i = 0; i < all.len(of); i++) {
      if (SAFE.contains(all.name(of, i))) {
        safe++;
      }
    }
    return safe;
  }

  @Override
  public String name(R of, int index) {
    return all.name(of, place(of, index));
  }

  @Override
  public String value(R of, int index) {
    return all.value(of, place(of, index));
  }

  private int place(R of, int index) {
    int left = index;
    for (int i = 0; i < all.len(of); i++) {
      if (SAFE.contains(all.name(of, i))) {
        if (left == 0) {
          return i;
        }
        left--;
      }
    }
    throw new IndexOutOfBoundsException(index);
  }
}
