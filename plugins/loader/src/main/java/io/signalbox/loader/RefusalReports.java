package io.signalbox.loader;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of each refusal once for each content of a file, and of a file that grows, such as a slow
 * copy, once for each reason. Confined to the folder's thread.
 */
final class RefusalReports {
  private static final Logger log = LoggerFactory.getLogger(RefusalReports.class);

  private final ProviderLifecycle lifecycle;
  private Map<Path, Report> told = Map.of();
  private Map<Path, Report> present = new HashMap<>();

  private record Report(Optional<FileStamp> stamp, Refusal refusal) {

    boolean isNews(@Nullable Report before) {
      if (before == null || !refusal.equals(before.refusal)) {
        return true;
      }
      boolean continues =
          stamp.isPresent()
              && before.stamp.isPresent()
              && stamp.get().continues(before.stamp.get());
      return !continues && !stamp.equals(before.stamp);
    }
  }

  RefusalReports(ProviderLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  /** Notes a refusal of the present round. */
  void add(Optional<FileStamp> stamp, Refusal refusal) {
    present.put(refusal.file(), new Report(stamp, refusal));
  }

  /** Ends a round: tells what is new, forgets what is gone. */
  void tell() {
    present.forEach(
        (file, report) -> {
          if (report.isNews(told.get(file))) {
            tell(report.refusal());
          }
        });
    told = present;
    present = new HashMap<>();
  }

  private void tell(Refusal refusal) {
    try {
      lifecycle.refused(refusal);
    } catch (RuntimeException e) {
      log.error("the gateway failed to take the refusal of {}", refusal.file(), e);
    }
  }
}
