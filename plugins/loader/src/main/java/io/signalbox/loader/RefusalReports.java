package io.signalbox.loader;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each refusal once for each content of a file. Confined to the folder's thread. */
final class RefusalReports {
  private static final Logger log = LoggerFactory.getLogger(RefusalReports.class);

  private final ProviderLifecycle lifecycle;
  private Map<Path, Report> told = Map.of();
  private Map<Path, Report> present = new HashMap<>();

  private record Report(Optional<FileStamp> stamp, Refusal refusal) {}

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
          if (!report.equals(told.get(file))) {
            log.warn("{} is not used: {}", file, report.refusal().reason());
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
