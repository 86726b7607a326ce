package io.signalbox.loader;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings when something happens in the folders. Only a hint, which makes changes take effect sooner:
 * events get lost in bursts, and network file systems send none.
 */
final class FolderWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);

  private final List<Path> dirs;
  private final Doorbell bell;
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private @Nullable WatchService service;

  FolderWatch(List<Path> dirs, Doorbell bell) {
    this.dirs = dirs;
    this.bell = bell;
  }

  /** Begins to watch, if the system lets us. */
  void open() {
    try {
      WatchService opened = FileSystems.getDefault().newWatchService();
      service = opened;
      Thread thread = new Thread(() -> listen(opened), "signalbox-plugins-watch");
      thread.setDaemon(true);
      thread.start();
      register();
    } catch (IOException | UnsupportedOperationException e) {
      log.warn("folders cannot be watched, looking at them regularly instead: {}", e.toString());
    }
  }

  /** Watches the folders that are not watched (any more), such as one that was made anew. */
  void register() {
    WatchService current = service;
    if (current == null) {
      return;
    }
    for (Path dir : dirs) {
      WatchKey key = keys.get(dir);
      if ((key == null || !key.isValid()) && Files.isDirectory(dir)) {
        try {
          keys.put(
              dir,
              dir.register(
                  current,
                  StandardWatchEventKinds.ENTRY_CREATE,
                  StandardWatchEventKinds.ENTRY_MODIFY,
                  StandardWatchEventKinds.ENTRY_DELETE));
        } catch (IOException e) {
          log.debug("folder {} cannot be watched: {}", dir, e.toString());
        }
      }
    }
  }

  private void listen(WatchService current) {
    try {
      while (true) {
        WatchKey key = current.take();
        // What happened does not matter, an OVERFLOW included: the look at the folder tells.
        key.pollEvents().clear();
        key.reset();
        bell.ring();
      }
    } catch (ClosedWatchServiceException e) {
      log.debug("folder watch closed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      if (service != null) {
        service.close();
      }
    } catch (IOException e) {
      log.warn("folder watch was not closed cleanly", e);
    }
  }
}
