package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ConnectionLimitTest {
  private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";

  @TempDir private Path dir;

  @Test
  void whatIsMoreThanThePortTakesIsClosedAndWhoLeavesMakesRoom() throws Exception {
    holds("http.max_connections", 10);
  }

  @Test
  void noAddressHasMoreThanItsShare() throws Exception {
    holds("http.max_connections_per_address", 5);
  }

  /** From one port of this side to two addresses of the other. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void eachOfTwoConnectionsFromOnePortIsWatched() throws Exception {
    Map<String, String> settings = Map.of("http.host", "0.0.0.0", "http.head_timeout", "1s");
    try (TestGateway gateway = TestGateway.start(dir, settings);
        Socket one = new Socket();
        Socket two = new Socket()) {
      int port = URI.create(gateway.url()).getPort();
      one.setReuseAddress(true);
      two.setReuseAddress(true);
      one.bind(at(1, 0));
      one.connect(at(1, port));
      two.bind(at(1, one.getLocalPort()));
      two.connect(at(2, port));
      for (Socket each : List.of(one, two)) {
        each.setSoTimeout(30_000);
        assertThat(each.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  private static InetSocketAddress at(int address, int port) throws UnknownHostException {
    return new InetSocketAddress(
        InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) address}), port);
  }

  private void holds(String key, int most) throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of(key, Integer.toString(most)))) {
      List<RawConnection> taken = new ArrayList<>();
      try {
        for (int i = 0; i < most; i++) {
          RawConnection connection = new RawConnection(gateway.url());
          taken.add(connection);
          connection.write(LIVE);
          connection.readUntil("alive");
        }
        try (RawConnection more = new RawConnection(gateway.url())) {
          more.write(LIVE);
          assertThat(more.readToEnd()).isEmpty();
        }
        taken.remove(0).close();
        Patience.await()
            .untilAsserted(
                () -> {
                  try (RawConnection next = new RawConnection(gateway.url())) {
                    next.write(LIVE.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
                    assertThat(next.readToEnd()).contains("alive");
                  }
                });
      } finally {
        for (RawConnection connection : taken) {
          connection.close();
        }
      }
    }
  }
}
