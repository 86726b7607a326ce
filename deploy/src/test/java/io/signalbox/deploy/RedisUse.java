package io.signalbox.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often a Redis was called, by command, as it tells itself. */
final class RedisUse {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int USUAL_PORT = 6379;
  private static final Pattern CALLS = Pattern.compile("cmdstat_([\\w|-]+):calls=(\\d+),.*");

  private RedisUse() {}

  /**
   * The calls since its start.
   *
   * @param url without TLS, such as {@code redis://user:password@127.0.0.1:6379}
   */
  static Map<String, Long> calls(String url) throws IOException {
    URI address = URI.create(url);
    int port = address.getPort() < 0 ? USUAL_PORT : address.getPort();
    try (Socket socket = new Socket(address.getHost(), port)) {
      socket.setSoTimeout((int) TIMEOUT.toMillis());
      OutputStream out = socket.getOutputStream();
      out.write(
          (signIn(address) + "INFO commandstats\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      Map<String, Long> calls = new TreeMap<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Matcher stat = CALLS.matcher(line);
        if (stat.matches()) {
          calls.put(stat.group(1), Long.parseLong(stat.group(2)));
        }
      }
      return calls;
    }
  }

  private static String signIn(URI address) {
    String who = address.getUserInfo();
    if (who == null) {
      return "";
    }
    int colon = who.indexOf(':');
    String user = who.substring(0, Math.max(0, colon));
    return "AUTH " + (user.isEmpty() ? "" : user + " ") + who.substring(colon + 1) + "\r\n";
  }

  /**
   * What came between two looks, of the commands of streams, which nobody else is likely to use.
   */
  static Map<String, Long> ofStreams(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> grown = new TreeMap<>();
    after.forEach(
        (command, calls) -> {
          long more = calls - before.getOrDefault(command, 0L);
          if (command.startsWith("x") && more > 0) {
            grown.put(command, more);
          }
        });
    return grown;
  }
}
