package io.signalbox.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {
  private static final SocketAddress ADDRESS = SocketAddress.inetSocketAddress(80, "localhost");

  /** What those of connections were told; vertx-micrometer fails where a connection is null. */
  private final List<String> told = new ArrayList<>();

  private final HttpServerMetrics<Void, Void, String> others =
      new HttpServerMetrics<>() {
        @Override
        public void bytesRead(String connection, SocketAddress remote, long bytes) {
          told.add(connection.concat(" read"));
        }

        @Override
        public void bytesWritten(String connection, SocketAddress remote, long bytes) {
          told.add(connection.concat(" written"));
        }

        @Override
        public void exceptionOccurred(String connection, SocketAddress remote, Throwable failure) {
          told.add(connection.concat(" broken"));
        }

        @Override
        public void disconnected(String connection, SocketAddress remote) {
          told.add(connection.concat(" ended"));
        }
      };

  @Test
  void whatBelongsToNoKnownConnectionIsPassedOver() {
    ServerMetrics<Void, String> metrics =
        new ServerMetrics<>(new RequestMeters(MetricsSetup.registry()), others);
    for (String connection : new String[] {null, "known"}) {
      metrics.bytesRead(connection, ADDRESS, 1);
      metrics.bytesWritten(connection, ADDRESS, 1);
      metrics.exceptionOccurred(connection, ADDRESS, new IllegalStateException("broken"));
      metrics.disconnected(connection, ADDRESS);
    }
    assertThat(told).containsExactly("known read", "known written", "known broken", "known ended");
  }
}
