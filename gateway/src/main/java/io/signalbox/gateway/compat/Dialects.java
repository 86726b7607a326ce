package io.signalbox.gateway.compat;

import java.util.List;

/** All dialects that there are. */
public final class Dialects {
  private static final List<Dialect> ALL = List.of();

  private Dialects() {}

  /** All of them, by name. */
  public static List<Dialect> all() {
    return ALL;
  }
}
