package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
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
        Awaitility.await()
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
