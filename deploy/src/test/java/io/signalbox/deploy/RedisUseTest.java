package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.redis.TestRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisUseTest {
  @Test
  void aRedisTellsWhetherItWasUsed(@TempDir Path folder) throws IOException {
    try (TestRedis redis = TestRedis.start(folder, "--requirepass", "secret")) {
      String url = "redis://:secret@127.0.0.1:" + redis.port();
      Map<String, Long> before = RedisUse.calls(url);
      assertThat(RedisUse.ofStreams(before, RedisUse.calls(url))).isEmpty();

      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
        String add = "AUTH secret\r\nXADD s * a b\r\nXADD s * a b\r\nXLEN s\r\nQUIT\r\n";
        socket.getOutputStream().write(add.getBytes(StandardCharsets.UTF_8));
        assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
      }

      assertThat(RedisUse.ofStreams(before, RedisUse.calls(url)))
          .isEqualTo(Map.of("xadd", 2L, "xlen", 1L));
    }
  }
}
