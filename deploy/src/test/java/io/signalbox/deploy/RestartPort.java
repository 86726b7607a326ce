package io.signalbox.deploy;

import io.signalbox.gateway.redis.TestPort;

/** A port for a gateway that is started more than once: webhooks come back to it. */
public final class RestartPort {

  private RestartPort() {}

  /** A free port that neither the system nor another process of tests gives to anybody else. */
  public static int free() {
    return TestPort.free();
  }
}
