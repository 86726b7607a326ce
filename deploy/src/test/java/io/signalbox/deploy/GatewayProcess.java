package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway that runs in a process of its own. */
public final class GatewayProcess implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile("(?m)^Signalbox ready on (http://\\S+) in (\\d+) ms$");
  private static final Pattern TOKEN =
      Pattern.compile("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final GatewaySettings settings;
  private final RunningProcess process;
  private final String url;

  private GatewayProcess(GatewaySettings settings, RunningProcess process, String url) {
    this.settings = settings;
    this.process = process;
    this.url = url;
  }

  /** Starts a gateway and waits until it is ready. */
  public static GatewayProcess start(GatewaySettings settings, String... arguments) {
    return startWithin(List.of(), settings, arguments);
  }

  /**
   * The same by a command that becomes the launcher, such as one that enters a network namespace.
   */
  public static GatewayProcess startWithin(
      List<String> prefix, GatewaySettings settings, String... arguments) {
    return startFrom(Distribution.home(), prefix, settings, arguments);
  }

  /** The same of a distribution that lies elsewhere. */
  static GatewayProcess startFrom(
      Path home, List<String> prefix, GatewaySettings settings, String... arguments) {
    List<String> command = new ArrayList<>(List.of("serve"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = Distribution.launcher(home, settings.environment(), command);
    builder.command().addAll(0, prefix);
    RunningProcess process = RunningProcess.start("gateway", builder);
    try {
      Matcher ready = process.awaitOutput(READY, START_LIMIT);
      return new GatewayProcess(settings, process, ready.group(1));
    } catch (RuntimeException | AssertionError e) {
      String tail = process.tail();
      process.close();
      throw new AssertionError("the gateway did not start; " + tail, e);
    }
  }

  /** Starts one, and ends it as an operator does as soon as it prints something. */
  static int stopOnceItPrints(Pattern pattern, GatewaySettings settings, Duration limit) {
    ProcessBuilder builder = Distribution.launcher(settings.environment(), List.of("serve"));
    try (RunningProcess process = RunningProcess.start("gateway", builder)) {
      process.awaitOutput(pattern, limit);
      return process.stop();
    }
  }

  /** Where its API is. */
  public String url() {
    return url;
  }

  /** What it has printed so far. */
  String output() {
    return process.output();
  }

  /** A match in what it has printed so far. */
  Optional<Matcher> find(Pattern pattern) {
    return process.find(pattern);
  }

  /** Waits until it prints something. */
  void awaitOutput(Pattern pattern, Duration limit) {
    process.awaitOutput(pattern, limit);
  }

  /**
   * How many objects of a class it holds, after a collection, as the JDK's own tool counts them.
   */
  int objectsOf(String className) {
    Matcher line =
        Pattern.compile(
                "(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(className) + "(?=\\s|$)")
            // Without the option -all it collects first.
            .matcher(diagnosis("GC.class_histogram"));
    return line.find() ? Integer.parseInt(line.group(1)) : 0;
  }

  /** What the JDK's own tool tells of it. */
  String diagnosis(String command) {
    String jcmd = Path.of(JavaUnderTest.home(), "bin", "jcmd").toString();
    CommandRun run = CommandRun.shell(jcmd + " " + process.pid() + " " + command);
    assertThat(run.exitCode()).as("%s", run).isZero();
    return run.out();
  }

  /** A token for a role, made by the command line in the gateway's data directory. */
  public String token(String role) {
    CommandRun run = CommandRun.signalbox(settings.environment(), "token", "--role", role);
    assertThat(run.exitCode()).as("token: %s", run).isZero();
    Matcher token = TOKEN.matcher(run.out());
    assertThat(token.find()).as("a token in %s", run).isTrue();
    return token.group();
  }

  /** A client that may do everything. */
  public ApiClient admin() {
    return new ApiClient(url, AdminToken.of(settings.dataDir()));
  }

  /** Ends it with {@code kill -9}. */
  public void kill() {
    process.kill();
  }

  /** Makes it stand still, as if its machine did. */
  public void freeze() {
    process.signal("STOP");
  }

  /** Lets it go on. */
  public void thaw() {
    process.signal("CONT");
  }

  /** Changes what it may use, with an option of prlimit. */
  void limit(String option) {
    CommandRun run = CommandRun.shell("prlimit --pid " + process.pid() + " " + option);
    assertThat(run.exitCode()).as("%s", run).isZero();
  }

  /** Ends it as an operator does; returns its exit code. */
  int stop() {
    return process.stop();
  }

  @Override
  public void close() {
    process.close();
  }
}
