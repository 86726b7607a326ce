package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import org.jspecify.annotations.Nullable;

/** The parameters of lists that are read page by page. */
final class PageQuery {
  private PageQuery() {}

  /**
   * Where a page begins: at the newest if no key is given.
   *
   * @param text what the page before gave as its next key; null for the first page
   * @throws GatewayException with status 422 if it is no such value
   */
  static long after(@Nullable String text) {
    try {
      return text == null ? Long.MAX_VALUE : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new GatewayException(422, "after must be what a page before gave as next");
    }
  }
}
