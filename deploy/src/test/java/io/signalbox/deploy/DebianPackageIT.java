package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Debian package, installed into a folder that stands for a machine: nothing outside of it
 * changes, and whoever runs the test need not be root.
 */
@Timeout(400)
class DebianPackageIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Path PACKAGE = Path.of(Distribution.property("signalbox.deb"));

  /**
   * So small that a default of systemd that changes does not fail it; 10 is no protection at all.
   */
  private static final String MOST_EXPOSED = "25";

  @TempDir private Path root;

  @BeforeAll
  static void onlyOnDebian() {
    assumeTrue(has("dpkg"), "no dpkg here");
  }

  @Test
  void saysWhatItIsAndWhatItNeeds() {
    String fields = run("dpkg-deb --field " + PACKAGE);
    assertThat(fields)
        .contains("Package: signalbox\n", "Architecture: all\n", "Description: reactive")
        .containsPattern("Version: \\d+\\.\\d+\\.\\d+")
        .containsPattern("Depends: .*java17-runtime-headless.*systemd");
    if (has("lintian")) {
      run("lintian --fail-on error " + PACKAGE);
    }
  }

  @Test
  void holdsWhatBelongsWhere() throws IOException {
    run("dpkg-deb --raw-extract " + PACKAGE + " " + root);
    for (String script : List.of("postinst", "prerm", "postrm")) {
      run("sh -n " + root.resolve("DEBIAN").resolve(script));
    }
    for (String line : run("dpkg-deb --contents " + PACKAGE).lines().toList()) {
      assertThat(line)
          .containsPattern("^[-dl]\\S+ root/root ")
          .doesNotContainPattern("^-.{4}w|^-.{7}w")
          .containsPattern(
              " \\./(etc/signalbox|usr/(bin/signalbox|lib/sys(temd|users)|share/(doc/)?signalbox)"
                  + "|var/lib/signalbox|$|[a-z/]+/$)");
    }
    List<String> conffiles = Files.readAllLines(root.resolve("DEBIAN/conffiles"));
    assertThat(conffiles).isEqualTo(regularFiles(root.resolve("etc")));

    List<String> jars = names(Distribution.home().resolve("plugins"));
    assertThat(names(root.resolve("usr/share/signalbox/plugins"))).isEqualTo(jars);
    assertThat(names(root.resolve("etc/signalbox/plugins"))).isEqualTo(jars);
    for (String jar : jars) {
      Path link = Files.readSymbolicLink(root.resolve("etc/signalbox/plugins").resolve(jar));
      assertThat(root.resolve(link.toString().substring(1))).isRegularFile();
    }
  }

  @Test
  void isInstalledRunsAndGoesWithoutATrace() throws IOException {
    dpkg("--install " + PACKAGE);
    assertThat(Files.readString(root.resolve("etc/passwd"))).contains("signalbox:");
    assertThat(permissions("etc/signalbox/signalbox.env")).isEqualTo("rw-------");
    assertThat(permissions("var/lib/signalbox")).isEqualTo("rwx------");
    assertThat(root.resolve("etc/systemd/system")).as("not started by itself").doesNotExist();
    assertUnitIsGood();
    assertItRuns();

    Path own = root.resolve("etc/signalbox/signalbox.yaml");
    Files.writeString(own, "\nlog.level: info\n", StandardOpenOption.APPEND);
    dpkg("--install " + PACKAGE);
    assertThat(Files.readString(own)).contains("log.level: info");

    dpkg("--remove signalbox");
    assertThat(root.resolve("usr/share/signalbox")).doesNotExist();
    assertThat(root.resolve("var/lib/signalbox/ledger.db")).exists();
    assertThat(own).exists();

    dpkg("--purge signalbox");
    assertThat(root.resolve("var/lib/signalbox")).doesNotExist();
    assertThat(root.resolve("etc/signalbox")).doesNotExist();
  }

  private void assertItRuns() {
    GatewaySettings settings =
        new GatewaySettings(
            Map.of(
                "http.port", "0",
                // What the files name begins at the root of a real machine.
                "data.dir", root.resolve("var/lib/signalbox").toString(),
                "plugins.dir", root.resolve("usr/share/signalbox/plugins").toString(),
                "policies.dir", root.resolve("etc/signalbox/policies").toString()));
    String configuration = root.resolve("etc/signalbox/signalbox.yaml").toString();
    try (GatewayProcess gateway =
        GatewayProcess.startFrom(
            root.resolve("usr/share/signalbox"), List.of(), settings, "--config", configuration)) {
      ApiClient api = gateway.admin();
      assertThat(api.get("/health/ready").status()).isEqualTo(200);
      assertThat(api.get("/api/v1/plugins").json(200).getJsonArray("plugins"))
          .hasSize(names(Distribution.home().resolve("plugins")).size());
      assertThat(gateway.stop()).isZero();
    }
  }

  /** With the launcher of the folder in the place of the one that is not on this machine. */
  private void assertUnitIsGood() throws IOException {
    Path unit = root.resolve("usr/lib/systemd/system/signalbox.service");
    Path launcher = root.resolve("usr/share/signalbox/bin/signalbox");
    assertThat(Files.readString(unit)).contains("\nExecStart=/usr/share/signalbox/bin/signalbox ");
    assertThat(launcher).isExecutable();
    if (has("systemd-analyze")) {
      Path here = Files.createDirectory(root.resolve("unit")).resolve("signalbox.service");
      Files.writeString(
          here, Files.readString(unit).replace("=/usr/share/", "=" + root + "/usr/share/"));
      // It also tells of faults of the machine's own units.
      assertThat(run("systemd-analyze verify --man=no " + here + " 2>&1").lines())
          .noneMatch(line -> line.contains("signalbox.service"));
      run("systemd-analyze security --offline=yes --threshold=" + MOST_EXPOSED + " " + here);
    }
  }

  /** The machine's own scripts run without chroot, which is root's alone. */
  private void dpkg(String command) throws IOException {
    for (String folder : List.of("info", "updates", "triggers")) {
      Files.createDirectories(root.resolve("var/lib/dpkg").resolve(folder));
    }
    Path status = root.resolve("var/lib/dpkg/status");
    if (!Files.exists(status)) {
      Files.createFile(status);
    }
    run(
        "PATH=$PATH:/usr/sbin:/sbin dpkg --root="
            + root
            + " --log="
            + root.resolve("dpkg.log")
            + " --force-not-root --force-depends --force-script-chrootless "
            + command);
  }

  private static String run(String line) {
    CommandRun run = CommandRun.script(line, Path.of("."), Map.of("LC_ALL", "C.UTF-8"), LIMIT);
    assertThat(run.exitCode()).as("%s", run).isZero();
    return run.out();
  }

  private static boolean has(String command) {
    return CommandRun.shell("PATH=$PATH:/usr/sbin:/sbin command -v " + command).exitCode() == 0;
  }

  private String permissions(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(folder.toString(), e);
    }
  }

  /** What stands in an unpacked package, links left out, as paths of a machine. */
  private List<String> regularFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> "/" + root.relativize(file))
          .sorted()
          .toList();
    }
  }
}
