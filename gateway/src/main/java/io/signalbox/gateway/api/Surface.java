package io.signalbox.gateway.api;

/** Which calls a port serves. All serve the probes. */
enum Surface {
  /** One port for everything. */
  ALL(-1, true, true, true),
  /** What applications and providers need. */
  APPLICATIONS(-1, true, false, true),
  /** All calls with a token. */
  ADMINISTRATION(-2, true, true, false),
  /** Metrics, without a token. */
  METRICS(-3, false, false, false),
  /** One provider's API. */
  DIALECT(-4, false, false, false),
  /** Providers' APIs, each in its own host names. */
  TRANSPARENT(-5, false, false, false);

  private final int freePort;
  private final boolean sends;
  private final boolean administers;
  private final boolean hooks;

  Surface(int freePort, boolean sends, boolean administers, boolean hooks) {
    this.freePort = freePort;
    this.sends = sends;
    this.administers = administers;
    this.hooks = hooks;
  }

  /** What instances ask for to share a free port: Vert.x gives one for each number below 0. */
  int freePort() {
    return freePort;
  }

  /** Whether notifications are sent and asked about here. */
  boolean sends() {
    return sends;
  }

  /** Whether the gateway is run from here. */
  boolean administers() {
    return administers;
  }

  /** Whether providers report here. */
  boolean hooks() {
    return hooks;
  }
}
