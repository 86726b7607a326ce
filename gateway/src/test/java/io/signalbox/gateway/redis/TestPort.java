package io.signalbox.gateway.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that cannot take any free one by themselves, or come back on the one they had.
 * The system gives none of these to clients or to those who ask for any, and each process of tests
 * has a range of its own: so nobody takes a port between its choice and its use, nor while its
 * server is away.
 */
public final class TestPort {
  private static final int LOWEST = 20_000;
  private static final int PORTS = 200;
  private static final int RANGES = 50;

  /** How far above its own port a node of a cluster of Redis listens to the others. */
  private static final int BUS = 10_000;

  /** Listens for as long as this process lives: whoever holds the first port has its range. */
  private static final ServerSocket CLAIM = claim();

  private static final AtomicInteger NEXT = new AtomicInteger();

  private TestPort() {}

  /** One that is free, and was not given to anybody for long. */
  public static int free() {
    for (int tries = 1; tries < PORTS; tries++) {
      int port = next();
      if (isFree(port)) {
        return port;
      }
    }
    throw noneIsFree();
  }

  /**
   * The same for a node of a cluster of Redis, which listens to the others above it: that port is
   * of this process's range, and this one lies below all ranges.
   */
  public static int freeWithBus() {
    for (int tries = 1; tries < PORTS; tries++) {
      int bus = next();
      if (isFree(bus) && isFree(bus - BUS)) {
        return bus - BUS;
      }
    }
    throw noneIsFree();
  }

  private static int next() {
    return CLAIM.getLocalPort() + 1 + NEXT.getAndIncrement() % (PORTS - 1);
  }

  private static IllegalStateException noneIsFree() {
    return new IllegalStateException("no port is free from " + CLAIM.getLocalPort() + " on");
  }

  /** Begins at a range that processes of the same time are not likely to begin at. */
  private static ServerSocket claim() {
    int begin = (int) (ProcessHandle.current().pid() % RANGES);
    for (int i = 0; i < RANGES; i++) {
      try {
        return listen(LOWEST + (begin + i) % RANGES * PORTS);
      } catch (IOException e) {
        // Another process has it.
      }
    }
    throw new IllegalStateException("no range of ports is free from " + LOWEST + " on");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = listen(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
