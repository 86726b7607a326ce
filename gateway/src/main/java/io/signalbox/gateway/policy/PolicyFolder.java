package io.signalbox.gateway.policy;

import io.signalbox.gateway.config.ConfigMistake;
import io.signalbox.gateway.config.ConfigurationException;
import io.signalbox.loader.FileStamp;
import io.signalbox.loader.FolderListing;
import io.signalbox.loader.SettledFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of routing policies of a running gateway: one YAML file a policy, and what is in the
 * folder is what applies, within a second. A file is taken when it has not changed for a moment, or
 * at once if it was renamed into place. One that cannot be used is refused, and what it said before
 * stays in force; one that cannot be read is read again at the next look.
 *
 * <p>Looks are made on a worker thread, one at a time. Thread-safe.
 */
public final class PolicyFolder {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyFolder.class);

  /** With the settling, a change is taken within a second. */
  private static final long LOOK_MILLIS = 400;

  private static final Duration SETTLE = Duration.ofMillis(250);

  private final Vertx vertx;
  private final Path dir;
  private final Function<Path, PolicyFile.Content> reader;
  private final PolicyBook book;
  private final Runnable changed;
  private final FolderListing listing;
  private final SettledFiles settled = new SettledFiles(SETTLE);
  private Map<Path, FileStamp> looked = Map.of();
  private Map<Path, PolicyFile.Content> contents = Map.of();
  private Map<Path, RoutingPolicy> inForce = Map.of();
  private Set<RefusedPolicy> told = Set.of();
  private boolean found;
  private volatile long timer = -1;
  private volatile boolean looking;

  /**
   * Makes it; {@link #open()} begins.
   *
   * @param dir need not be there
   * @param book takes what is in force
   * @param changed called on a worker thread after something else came in force
   */
  public PolicyFolder(Vertx vertx, Path dir, PolicyBook book, Runnable changed) {
    this(vertx, dir, PolicyFile::read, book, changed);
  }

  PolicyFolder(
      Vertx vertx,
      Path dir,
      Function<Path, PolicyFile.Content> reader,
      PolicyBook book,
      Runnable changed) {
    this.vertx = vertx;
    this.dir = dir;
    this.reader = reader;
    this.book = book;
    this.changed = changed;
    this.listing = FolderListing.ofYaml(dir);
  }

  /**
   * Reads the folder and begins to look at it regularly.
   *
   * @return fails with a {@link ConfigurationException} that has every mistake of every file
   */
  public Future<Void> open() {
    return vertx
        .executeBlocking(
            () -> {
              look();
              List<ConfigMistake> mistakes = RefusedPolicy.mistakes(book.refused());
              if (!mistakes.isEmpty()) {
                throw new ConfigurationException(mistakes);
              }
              return dir;
            })
        .onSuccess(read -> timer = vertx.setPeriodic(LOOK_MILLIS, tick -> lookAgain()))
        .mapEmpty();
  }

  /** Looks no more; what is in force stays. */
  public void close() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
  }

  private void lookAgain() {
    if (looking) {
      return;
    }
    looking = true;
    vertx
        .executeBlocking(
            () -> {
              look();
              return dir;
            })
        .onComplete(
            done -> {
              looking = false;
              if (done.failed()) {
                LOG.error(
                    "a look at the folder of policies failed; the next follows", done.cause());
              }
            });
  }

  private synchronized void look() {
    found |= Files.isDirectory(dir);
    Map<Path, FileStamp> now = settled.look(found ? listing.list() : Map.of(), System.nanoTime());
    if (now.equals(looked) && contents.values().stream().noneMatch(PolicyFile.Content::unread)) {
      return;
    }
    Map<Path, PolicyFile.Content> read = new HashMap<>();
    now.forEach(
        (file, stamp) -> {
          PolicyFile.Content known = stamp.equals(looked.get(file)) ? contents.get(file) : null;
          read.put(file, known == null || known.unread() ? reader.apply(file) : known);
        });
    PolicyAssembly assembly = new PolicyAssembly(inForce).with(read);
    boolean differs = !assembly.inForce().equals(inForce);
    looked = now;
    contents = read;
    inForce = assembly.inForce();
    book.replace(assembly.policies(), assembly.refused());
    tell(assembly.refused());
    if (differs) {
      LOG.info("routing policies in force: {}", book.names());
      changed.run();
    }
  }

  private void tell(List<RefusedPolicy> refused) {
    for (RefusedPolicy file : refused) {
      if (!told.contains(file)) {
        file.mistakes().forEach(mistake -> LOG.warn("a routing policy is refused: {}", mistake));
      }
    }
    told = new HashSet<>(refused);
  }
}
