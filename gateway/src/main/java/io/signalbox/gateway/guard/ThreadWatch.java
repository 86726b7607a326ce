package io.signalbox.gateway.guard;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a provider's thread does not come back from its plugin. A beat is sent to the
 * thread; while it is not answered, time runs.
 *
 * <p>It takes several looks besides the time, so that a pause of the whole process counts once; and
 * code of the plugin on the stack that is not waiting for classes, or five times as long: a thread
 * that merely gets no processor is not the plugin's fault. Confined to one context.
 */
final class ThreadWatch {
  private static final int FEWEST_LOOKS = 4;
  private static final int WITHOUT_ITS_FAULT = 5;

  private final String provider;
  private final String plugin;
  private final GuardSettings settings;
  private final Thread thread;
  private final Consumer<Runnable> beat;
  private volatile boolean answered = true;
  private long sentNanos;
  private int looks;
  private @Nullable Blockage blockage;
  private boolean pastLimit;

  /** What a look found. */
  enum Finding {
    /** Nothing new. */
    NOTHING,
    /** The thread is blocked since some time. */
    BLOCKED,
    /** It was blocked, and runs again. */
    RUNS_AGAIN,
    /** It has been blocked for longer than the limit. */
    PAST_LIMIT
  }

  /** Begins to watch a thread. */
  ThreadWatch(
      String provider,
      String plugin,
      GuardSettings settings,
      Thread thread,
      Consumer<Runnable> beat) {
    this.provider = provider;
    this.plugin = plugin;
    this.settings = settings;
    this.thread = thread;
    this.beat = beat;
  }

  /** The thread came by. Called on the watched thread. */
  private void answered() {
    answered = true;
  }

  /** Looks; to be called a few times a second. */
  Finding look(long nowNanos) {
    if (answered) {
      boolean wasBlocked = blockage != null;
      blockage = null;
      pastLimit = false;
      looks = 0;
      answered = false;
      sentNanos = nowNanos;
      beat.accept(this::answered);
      return wasBlocked ? Finding.RUNS_AGAIN : Finding.NOTHING;
    }
    looks++;
    Duration silent = Duration.ofNanos(nowNanos - sentNanos);
    if (blockage == null) {
      return isBlocked(silent) ? Finding.BLOCKED : Finding.NOTHING;
    }
    if (!pastLimit && silent.compareTo(settings.blockedLimit()) >= 0) {
      pastLimit = true;
      blockage = seen(silent, thread.getStackTrace());
      return Finding.PAST_LIMIT;
    }
    return Finding.NOTHING;
  }

  private boolean isBlocked(Duration silent) {
    if (looks < FEWEST_LOOKS || silent.compareTo(settings.blockedAfter()) < 0) {
      return false;
    }
    StackTraceElement[] stack = thread.getStackTrace();
    boolean itsFault =
        PluginStack.firstFrame(stack).isPresent() && !PluginStack.makesClassesReady(stack);
    Duration longer = settings.blockedAfter().multipliedBy(WITHOUT_ITS_FAULT);
    if (!itsFault && silent.compareTo(longer) < 0) {
      return false;
    }
    blockage = seen(silent, stack);
    return true;
  }

  private Blockage seen(Duration silent, StackTraceElement[] stack) {
    List<String> frames = Arrays.stream(stack).map(StackTraceElement::toString).toList();
    String where =
        PluginStack.firstFrame(stack)
            .orElseGet(() -> frames.isEmpty() ? "an unknown place" : frames.get(0));
    return new Blockage(provider, plugin, silent.truncatedTo(ChronoUnit.MILLIS), where, frames);
  }

  /** The blockage that lasts; empty if there is none. */
  Optional<Blockage> blockage() {
    return Optional.ofNullable(blockage);
  }
}
