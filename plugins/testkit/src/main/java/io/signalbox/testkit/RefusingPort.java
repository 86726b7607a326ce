package io.signalbox.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of loopback that refuses every connection: it is taken, so that nobody else can listen on
 * it or connect from it, and nobody listens.
 */
public final class RefusingPort implements AutoCloseable {
  private final Socket holder;

  private RefusingPort(Socket holder) {
    this.holder = holder;
  }

  /** Takes a free port until it is closed. */
  public static RefusingPort take() {
    Socket holder = new Socket();
    try {
      holder.setReuseAddress(false);
      holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RefusingPort(holder);
  }

  /** Its URL without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + number();
  }

  /** Its number. */
  public int number() {
    return holder.getLocalPort();
  }

  @Override
  public void close() {
    try {
      holder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
