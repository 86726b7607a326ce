package io.signalbox.scoring;

import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;

/** Scoring that touches files. */
@NullMarked
public final class ReadsFiles {
  public Path file() {
    return Path.of("scores");
  }
}
