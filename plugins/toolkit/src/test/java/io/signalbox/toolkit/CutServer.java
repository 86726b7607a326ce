package io.signalbox.toolkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server that cuts a connection at an exact point, and tells what it had read by then. Each
 * connection runs the script on a thread of its own; a script that returns holds its connection
 * open until the server is closed.
 */
final class CutServer implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 20_000;

  /** What the server does with one connection. */
  interface Script {
    void run(Peer peer) throws IOException;
  }

  private final ServerSocketChannel listener;
  private final Script script;
  private final List<Peer> peers = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private long patienceMillis = PATIENCE_MILLIS;

  CutServer(Script script) throws IOException {
    this.script = script;
    this.listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cut-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (closing.getCount() > 0) {
      try {
        Peer peer = new Peer(listener.accept());
        synchronized (peers) {
          peers.add(peer);
        }
        start(() -> serve(peer));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Peer peer) {
    try (SocketChannel open = peer.channel) {
      script.run(peer);
      peer.done.countDown();
      if (open.isOpen()) {
        closing.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      // The client has gone: what was read until then counts.
      peer.done.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  /** How many connections were made; waits until their scripts have run. */
  int connections() throws InterruptedException {
    return ended().size();
  }

  /** How many bytes were read, over all connections. */
  long bytesRead() throws InterruptedException {
    return ended().stream().mapToLong(peer -> peer.bytesRead.get()).sum();
  }

  /** How many whole requests were read, over all connections. */
  int requestsRead() throws InterruptedException {
    return ended().stream().mapToInt(peer -> peer.requestsRead.get()).sum();
  }

  /** From now on tells what there was so far. */
  void waitForNothing() {
    patienceMillis = 0;
  }

  private List<Peer> ended() throws InterruptedException {
    List<Peer> all;
    synchronized (peers) {
      all = List.copyOf(peers);
    }
    for (Peer peer : all) {
      if (!peer.done.await(patienceMillis, TimeUnit.MILLISECONDS) && patienceMillis > 0) {
        throw new AssertionError("the server's script still waits for bytes");
      }
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    listener.close();
  }

  /** The server's end of one connection. */
  static final class Peer {
    private final SocketChannel channel;
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicInteger requestsRead = new AtomicInteger();

    private Peer(SocketChannel channel) {
      this.channel = channel;
    }

    /** Waits until the client has written something, and reads none of it. */
    Peer awaitBytes() throws IOException {
      channel.configureBlocking(false);
      try (Selector selector = Selector.open()) {
        channel.register(selector, SelectionKey.OP_READ);
        if (selector.select(PATIENCE_MILLIS) == 0) {
          throw new IOException("nothing came");
        }
      }
      channel.configureBlocking(true);
      return this;
    }

    /** Reads the first byte alone. */
    Peer readByte() throws IOException {
      read();
      return this;
    }

    /** Reads the head of a request and not a byte more. */
    Peer readHead() throws IOException {
      head();
      return this;
    }

    /** Reads a whole request, by its Content-Length. */
    Peer readRequest() throws IOException {
      long left = contentLength(head());
      InputStream in = channel.socket().getInputStream();
      byte[] buffer = new byte[1 << 16];
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new IOException("the client closed");
        }
        bytesRead.addAndGet(count);
        left -= count;
      }
      requestsRead.incrementAndGet();
      return this;
    }

    private String head() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
        head.append((char) read());
      }
      return head.toString();
    }

    private int read() throws IOException {
      ByteBuffer one = ByteBuffer.allocate(1);
      if (channel.read(one) != 1) {
        throw new IOException("the client closed");
      }
      bytesRead.incrementAndGet();
      return one.get(0);
    }

    private static long contentLength(String head) {
      for (String line : head.lines().toList()) {
        if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
          return Long.parseLong(line.substring(15).trim());
        }
      }
      return 0;
    }

    Peer write(String text) throws IOException {
      return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Peer write(byte[] bytes) throws IOException {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      return this;
    }

    /** Ends the connection in order, as a server that has no more to say. */
    void close() throws IOException {
      channel.close();
    }

    /** Breaks the connection off: the client sees a reset. */
    void reset() throws IOException {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    }
  }
}
