package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port for a gateway that is started more than once: webhooks come back to it. */
public final class RestartPort {
  private RestartPort() {}

  /** A free port that the system gives to nobody in between. */
  public static int free() {
    for (int port = 20_000 + (int) (ProcessHandle.current().pid() % 5_000); ; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        assertThat(port).as("a free port").isLessThan(32_000);
      }
    }
  }
}
