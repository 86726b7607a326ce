package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules of hadolint that matter for {@code image/Containerfile}; hadolint itself is in no
 * registry that the build uses.
 */
class ImageTest {
  private static final Path FILE = Path.of("image", "Containerfile");

  /** An instruction with its continued lines in one. */
  private record Step(String instruction, String arguments) {}

  @Test
  void breaksNoRule() throws IOException {
    assertThat(mistakes(Files.readString(FILE))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FROM debian | version",
        "FROM debian:latest | version",
        "FROM debian:12\\nADD a b | ADD",
        "FROM debian:12\\nRUN apt-get update | lists",
        "FROM debian:12\\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/* | recommends",
        "FROM debian:12\\nRUN apt install curl | apt-get",
        "FROM debian:12\\nRUN sudo true | sudo",
        "FROM debian:12\\nRUN cd /tmp | WORKDIR",
        "FROM debian:12\\nRUN chmod 777 /tmp | 777",
        "FROM debian:12\\nWORKDIR src | absolute",
        "FROM debian:12\\nENV API_TOKEN=abc | secret",
        "FROM debian:12\\nCOPY --from=build a b | stage",
        "FROM debian:12\\nUSER 1:1\\nENTRYPOINT a b | JSON",
        "FROM debian:12\\nUSER 1:1\\nCMD a b | JSON",
        "FROM debian:12\\nUSER 1:1\\nRUN curl -k https://a | certificates",
        "FROM debian:12\\nUSER root\\nHEALTHCHECK CMD a | root",
        "FROM debian:12\\nHEALTHCHECK CMD a | root",
        "FROM debian:12\\nUSER 1:1 | HEALTHCHECK",
      })
  void eachRuleCanBeBroken(String file, String word) {
    assertThat(mistakes(file.replace("\\n", "\n"))).anyMatch(mistake -> mistake.contains(word));
  }

  private static List<String> mistakes(String file) {
    List<Step> steps = steps(file);
    List<String> mistakes = new ArrayList<>();
    List<String> stages = new ArrayList<>();
    String user = "root";
    boolean health = false;
    for (Step step : steps) {
      switch (step.instruction()) {
        case "FROM" -> {
          if (!step.arguments().matches("\\S+:(?!latest\\b)\\S+( AS \\S+)?")) {
            mistakes.add("no version: " + step);
          }
          stages.add(step.arguments().replaceFirst(".* AS ", ""));
          user = "root";
          health = false;
        }
        case "RUN" -> mistakes.addAll(mistakesOfCommand(step.arguments()));
        case "ADD" -> mistakes.add("COPY instead of ADD: " + step);
        case "COPY" -> {
          Matcher from = Pattern.compile("--from=(\\S+)").matcher(step.arguments());
          if (from.find() && !stages.contains(from.group(1))) {
            mistakes.add("no such stage: " + step);
          }
        }
        case "WORKDIR" -> {
          if (!step.arguments().startsWith("/")) {
            mistakes.add("not absolute: " + step);
          }
        }
        case "ENV", "ARG" -> {
          if (step.arguments().matches("(?i).*(password|secret|token|api_key).*=.+")) {
            mistakes.add("a secret in the image: " + step);
          }
        }
        case "ENTRYPOINT", "CMD" -> {
          if (!step.arguments().startsWith("[")) {
            mistakes.add("not in JSON, so a shell takes the signals: " + step);
          }
        }
        case "USER" -> user = step.arguments();
        case "HEALTHCHECK" -> health = true;
        default -> {}
      }
    }
    if (!user.matches("[1-9]\\d*:[1-9]\\d*")) {
      mistakes.add("ends as root, or as a name that Kubernetes cannot tell from root: " + user);
    }
    if (!health) {
      mistakes.add("no HEALTHCHECK");
    }
    return mistakes;
  }

  private static List<String> mistakesOfCommand(String command) {
    List<String> mistakes = new ArrayList<>();
    if (command.contains("apt-get install") && !command.contains("--no-install-recommends")) {
      mistakes.add("installs recommends: " + command);
    }
    if (command.contains("apt-get update") && !command.contains("rm -rf /var/lib/apt/lists/*")) {
      mistakes.add("lists stay in the layer: " + command);
    }
    if (Pattern.compile("\\bapt (install|update|upgrade)").matcher(command).find()) {
      mistakes.add("apt is for people, apt-get for scripts: " + command);
    }
    if (Pattern.compile("(^|\\W)sudo\\s").matcher(command).find()) {
      mistakes.add("sudo: " + command);
    }
    if (command.matches("cd .*")) {
      mistakes.add("WORKDIR instead of cd: " + command);
    }
    if (Pattern.compile("chmod (-R )?0?777").matcher(command).find()) {
      mistakes.add("777: " + command);
    }
    if (Pattern.compile("curl [^|;&]*(-k\\b|--insecure)").matcher(command).find()) {
      mistakes.add("certificates are not checked: " + command);
    }
    return mistakes;
  }

  private static List<Step> steps(String file) {
    String whole =
        file.lines()
            .filter(line -> !line.stripLeading().startsWith("#"))
            .reduce("", (all, line) -> all + line + "\n")
            .replaceAll("\\\\\\n\\s*", " ");
    return Stream.of(whole.split("\n", -1))
        .filter(line -> !line.isBlank())
        .map(line -> line.split(" ", 2))
        .map(parts -> new Step(parts[0].toUpperCase(Locale.ROOT), parts[1].strip()))
        .toList();
  }
}
