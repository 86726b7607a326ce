package io.signalbox.deploy;

import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider whose moments are certain: it never answers a TLS handshake, so that who calls it by
 * {@code https} is connected and has sent nothing of a request; and it reads each request of who
 * calls it by {@code http} to its last byte, and answers when it is let.
 */
final class HeldProvider implements AutoCloseable {
  private static final int TLS_HANDSHAKE = 0x16;
  private static final String LENGTH = "content-length:";

  private final ServerSocket server;
  private final List<JsonObject> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger handshakes = new AtomicInteger();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  /** Begins to listen on a free port. */
  HeldProvider() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    begin(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** The bodies of the requests that have arrived in full, in order. */
  List<JsonObject> requests() {
    return List.copyOf(requests);
  }

  /** How many have begun a TLS handshake, which goes no further. */
  int handshakes() {
    return handshakes.get();
  }

  /** From now on it answers. */
  void answer() {
    mayAnswer.countDown();
  }

  private static void begin(Runnable work) {
    Thread thread = new Thread(work, "held-provider");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        begin(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int first = in.read();
      if (first == TLS_HANDSHAKE) {
        handshakes.incrementAndGet();
        return;
      }
      byte[] body = new byte[bodyLength(in)];
      in.readFully(body);
      requests.add(new JsonObject(new String(body, StandardCharsets.UTF_8)));
      mayAnswer.await();
      String answer = "{\"id\":\"remote-" + requests.size() + "\"}";
      String response =
          "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nConnection: close\r\n"
              + "Content-Length: "
              + answer.length()
              + "\r\n\r\n"
              + answer;
      socket.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
      socket.close();
    } catch (IOException e) {
      // The caller is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads the head, and returns how long its body is. */
  private static int bodyLength(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    for (String line : head.toString().split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        return Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
    }
    return 0;
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
