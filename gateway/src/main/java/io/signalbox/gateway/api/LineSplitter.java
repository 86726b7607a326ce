package io.signalbox.gateway.api;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts chunks into lines. A line that is too long comes out cut one byte beyond the bound, which is
 * how the reader knows. Not thread-safe.
 */
final class LineSplitter {
  private static final byte NEWLINE = '\n';

  private final int maxBytes;
  private Buffer partial = Buffer.buffer();

  LineSplitter(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The lines that a chunk completes, blank ones left out. */
  List<Buffer> feed(Buffer chunk) {
    List<Buffer> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < chunk.length(); i++) {
      if (chunk.getByte(i) == NEWLINE) {
        append(chunk, start, i);
        takeLine(lines);
        start = i + 1;
      }
    }
    append(chunk, start, chunk.length());
    return lines;
  }

  /** The last line, if it did not end in a newline. */
  List<Buffer> finish() {
    List<Buffer> lines = new ArrayList<>(1);
    takeLine(lines);
    return lines;
  }

  private void append(Buffer chunk, int start, int end) {
    int room = maxBytes + 1 - partial.length();
    int count = Math.min(room, end - start);
    if (count > 0) {
      partial.appendBuffer(chunk, start, count);
    }
  }

  private void takeLine(List<Buffer> lines) {
    if (!isBlank(partial)) {
      lines.add(partial);
    }
    partial = Buffer.buffer();
  }

  private static boolean isBlank(Buffer line) {
    for (int i = 0; i < line.length(); i++) {
      byte b = line.getByte(i);
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
