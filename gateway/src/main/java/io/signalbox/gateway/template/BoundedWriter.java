package io.signalbox.gateway.template;

import java.io.IOException;
import java.io.Writer;

/** Keeps what is written, and takes no more than a number of characters. Thread-confined. */
final class BoundedWriter extends Writer {
  private final StringBuilder text = new StringBuilder();
  private final int most;
  private boolean full;

  BoundedWriter(int most) {
    this.most = most;
  }

  /** Whether more was to be written than is taken. */
  boolean isFull() {
    return full;
  }

  @Override
  public void write(char[] from, int offset, int length) throws IOException {
    take(length);
    text.append(from, offset, length);
  }

  @Override
  public void write(String from, int offset, int length) throws IOException {
    take(length);
    text.append(from, offset, offset + length);
  }

  private void take(int length) throws IOException {
    if (length > most - text.length()) {
      full = true;
      throw new IOException("more than " + most + " characters");
    }
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
