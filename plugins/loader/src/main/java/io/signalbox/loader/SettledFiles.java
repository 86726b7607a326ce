package io.signalbox.loader;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds back files that are being written, and files that are being replaced by removing and
 * writing anew: a file counts as changed, added or removed when it has looked the same for a while.
 *
 * <p>At the first look all is taken as it is; a file that is only a new name for a known one is
 * taken at once.
 */
public final class SettledFiles {
  // A further write in the same second might not show in the time of writing.
  private static final long COARSE_SETTLE_NANOS = Duration.ofSeconds(1).toNanos();

  private final long settleNanos;
  private final Map<Path, Seen> unsettled = new HashMap<>();
  private Map<Path, FileStamp> accepted = Map.of();
  private boolean first = true;

  private record Seen(Optional<FileStamp> stamp, long sinceNanos) {}

  /**
   * Begins.
   *
   * @param settle how long a file must have looked the same
   */
  public SettledFiles(Duration settle) {
    this.settleNanos = settle.toNanos();
  }

  /**
   * Takes a new look.
   *
   * @param files the files as they are now
   * @param nowNanos time of the look
   * @return the files as they should be acted on
   */
  public Map<Path, FileStamp> look(Map<Path, FileStamp> files, long nowNanos) {
    Set<Path> paths = new HashSet<>(files.keySet());
    paths.addAll(accepted.keySet());
    unsettled.keySet().retainAll(paths);

    Map<Path, FileStamp> next = new HashMap<>();
    Set<FileStamp> known =
        accepted.values().stream().map(FileStamp::anyName).collect(Collectors.toSet());
    files.forEach((path, stamp) -> settle(path, Optional.of(stamp), known, nowNanos, next));
    paths.removeAll(files.keySet());
    paths.forEach(path -> settle(path, Optional.empty(), known, nowNanos, next));
    accepted = next;
    first = false;
    return Map.copyOf(next);
  }

  /** Whether a further look is needed soon. */
  boolean isSettling() {
    return !unsettled.isEmpty();
  }

  private long settleNanos(Optional<FileStamp> stamp) {
    boolean coarse = stamp.filter(FileStamp::isCoarse).isPresent();
    return coarse ? Math.max(settleNanos, COARSE_SETTLE_NANOS) : settleNanos;
  }

  private void settle(
      Path path,
      Optional<FileStamp> now,
      Set<FileStamp> known,
      long nowNanos,
      Map<Path, FileStamp> next) {
    Optional<FileStamp> before = Optional.ofNullable(accepted.get(path));
    if (now.equals(before) || first || (now.isPresent() && known.contains(now.get().anyName()))) {
      unsettled.remove(path);
      now.ifPresent(stamp -> next.put(path, stamp));
      return;
    }
    Seen seen = unsettled.get(path);
    if (seen == null || !seen.stamp().equals(now)) {
      seen = new Seen(now, nowNanos);
      unsettled.put(path, seen);
    }
    if (nowNanos - seen.sinceNanos() >= settleNanos(now.or(() -> before))) {
      unsettled.remove(path);
      now.ifPresent(stamp -> next.put(path, stamp));
    } else {
      before.ifPresent(stamp -> next.put(path, stamp));
    }
  }
}
