package io.signalbox.simulator.core;

import java.util.Set;

/**
 * The address of this machine that the simulator listens on, which is also the one that it tells
 * its clients.
 *
 * @param name a name or an address, such as {@code simulator} or {@code 127.0.0.1}
 */
public record ListenHost(String name) {
  private static final Set<String> NOBODYS = Set.of("", "0.0.0.0", "::", "0:0:0:0:0:0:0:0");

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if clients cannot connect to it
   */
  public ListenHost {
    if (NOBODYS.contains(name)) {
      throw new IllegalArgumentException(
          "the simulator's host must be a name or an address of this machine that clients can"
              + " connect to, such as 127.0.0.1, not '"
              + name
              + "'");
    }
  }

  /** The URL of a port there. */
  public String url(String scheme, int port) {
    return scheme + "://" + (name.indexOf(':') < 0 ? name : "[" + name + "]") + ":" + port;
  }
}
