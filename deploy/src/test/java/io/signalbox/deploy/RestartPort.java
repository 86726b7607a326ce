package io.signalbox.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** A port for a gateway that is started more than once: webhooks come back to it. */
public final class RestartPort {
  private static final int PORTS = 200;
  private static final int RANGES = 60;

  /** Processes that run at the same time have ids that are near each other. */
  private static final int FIRST = 20_000 + (int) (ProcessHandle.current().pid() % RANGES) * PORTS;

  private static final AtomicInteger NEXT = new AtomicInteger();

  private RestartPort() {}

  /** A free port that neither the system nor another process of tests gives to anybody else. */
  public static int free() {
    for (int tries = 0; tries < PORTS; tries++) {
      int port = FIRST + NEXT.getAndIncrement() % PORTS;
      if (isFree(port)) {
        return port;
      }
    }
    throw new AssertionError("no port is free from " + FIRST + " on");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
