package io.signalbox.gateway.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection on which a test writes whatever bytes it likes. */
final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

  private final Socket socket;

  RawConnection(String url) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
  }

  /** Writes; that the other side closed meanwhile is no failure. */
  boolean write(String text) {
    return write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  boolean write(byte... bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  /** Says that nothing more comes. */
  RawConnection end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /**
   * All that comes until the other side closes.
   *
   * @throws AssertionError if it does not close
   */
  String readToEnd() {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        read.write(buffer, 0, n);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("it hangs after: " + read.toString(StandardCharsets.ISO_8859_1), e);
    } catch (SocketException reset) {
      // Closed with something of ours unread: as good as an end.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads until this has come. */
  String readUntil(String last) throws IOException {
    return readUntilAll(last);
  }

  /** Reads until all of these have come, in any order. */
  String readUntilAll(String... all) throws IOException {
    StringBuilder read = new StringBuilder();
    List<String> missing = new ArrayList<>(List.of(all));
    while (!missing.isEmpty()) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new AssertionError("it ended after: " + read);
      }
      read.append((char) next);
      // Looking at the end alone keeps it from being slow.
      missing.removeIf(each -> ends(read, each));
    }
    return read.toString();
  }

  private static boolean ends(StringBuilder read, String text) {
    int from = read.length() - text.length();
    return from >= 0 && read.indexOf(text, from) == from;
  }

  /** The status of each answer in it. */
  static List<Integer> statuses(String answers) {
    List<Integer> found = new ArrayList<>();
    Matcher matcher = STATUS.matcher(answers);
    while (matcher.find()) {
      found.add(Integer.valueOf(matcher.group(1)));
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
