import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A request of which the digits of time and number are filled in for each one sent. */
record RequestTemplate(byte[] bytes, int timeAt, int numberAt) {
  private static final byte[] TIME = HttpAnswer.bytes("(t=0");
  private static final byte[] NUMBER = HttpAnswer.bytes("(n=0");
  private static final int TIME_DIGITS = 19;
  private static final int NUMBER_DIGITS = 12;

  /** One for each token. */
  static List<RequestTemplate> all(Map<String, String> options) throws IOException {
    byte[] body = Files.readAllBytes(Path.of(options.get("body")));
    List<String> tokens =
        options.containsKey("tokens")
            ? Files.readAllLines(Path.of(options.get("tokens")))
            : List.of("none");
    return tokens.stream()
        .map(
            token -> {
              Map<String, String> headers =
                  Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token);
              byte[] all = PreparedRequests.post(options.get("path"), headers, body);
              return new RequestTemplate(all, after(all, TIME), after(all, NUMBER));
            })
        .toList();
  }

  byte[] filled(long time, long number) {
    byte[] copy = bytes.clone();
    digits(copy, timeAt, TIME_DIGITS, time);
    digits(copy, numberAt, NUMBER_DIGITS, number);
    return copy;
  }

  private static void digits(byte[] to, int at, int count, long value) {
    long rest = value;
    for (int i = at + count - 1; at >= 0 && i >= at; i--) {
      to[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** Where the digits begin; -1 if there are none. */
  private static int after(byte[] in, byte[] mark) {
    int found = HttpAnswer.indexOf(in, in.length, mark, 0);
    return found < 0 ? -1 : found + mark.length - 1;
  }
}
