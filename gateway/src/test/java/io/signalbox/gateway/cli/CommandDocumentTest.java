package io.signalbox.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** docs/cli.md has the commands and exit codes that there are; help keeps to a terminal's width. */
class CommandDocumentTest {
  private static final Path PAGE = Path.of("..", "docs", "cli.md");
  private static final String BEGIN = "<!-- made of the commands by CommandDocumentTest -->\n";
  private static final String END = "<!-- end of what is made -->\n";
  private static final int WIDTH = 80;

  /** What they print is for a shell, or the files of a person. */
  private static final Set<String> WITHOUT_JSON = Set.of("completion");

  @Test
  void thePageHasTheCommandsThatThereAre() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    assertThat(begin).as("%s in %s", BEGIN, PAGE).isPositive();
    assertThat(end).as("%s in %s", END, PAGE).isGreaterThan(begin);
    String expected = page.substring(0, begin) + BEGIN + made() + page.substring(end);
    if (Boolean.getBoolean("signalbox.docs.update")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/cli.md; write it anew with -Dsignalbox.docs.update=true")
        .isEqualTo(expected);
  }

  @Test
  void everyCommandExplainsItselfWithinTheWidthAndHasJson() {
    for (CommandLine command : all()) {
      String help = command.getUsageMessage(Ansi.OFF);
      assertThat(help.lines())
          .as(help)
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(WIDTH));
      assertThat(help).contains("Exit codes:", "130");
      assertThat(description(command)).as(command.getCommandName()).isNotBlank();
      if (!WITHOUT_JSON.contains(command.getCommandName())) {
        assertThat(command.getCommandSpec().findOption("--json"))
            .as("%s --json", command.getCommandName())
            .isNotNull();
      }
    }
  }

  @Test
  void aCommandAloneIsTheOneThatItsNameSays() {
    for (String name : Commands.ALL.keySet()) {
      assertThat(SignalboxCommand.commandLineFor(name, "--help").getSubcommands())
          .containsOnlyKeys(name);
    }
    assertThat(SignalboxCommand.commandLineFor("--help").getSubcommands())
        .containsOnlyKeys(Commands.ALL.keySet());
    assertThat(SignalboxCommand.commandLineFor("statsu").getSubcommands()).hasSizeGreaterThan(10);
  }

  private static List<CommandLine> all() {
    List<CommandLine> all = new ArrayList<>();
    new TreeMap<>(SignalboxCommand.commandLine().getSubcommands())
        .values()
        .forEach(command -> collect(command, all));
    return all;
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    all.add(command);
    new TreeMap<>(command.getSubcommands()).values().forEach(each -> collect(each, all));
  }

  private static String made() {
    StringBuilder text = new StringBuilder("| command | what it does | its own exit codes |\n");
    text.append("| --- | --- | --- |\n");
    for (CommandLine command : all()) {
      text.append("| `")
          .append(command.getCommandSpec().qualifiedName())
          .append("` | ")
          .append(description(command))
          .append(" | ")
          .append(own(command))
          .append(" |\n");
    }
    text.append("\n| exit code | meaning |\n| --- | --- |\n");
    ExitCodes.MEANINGS.forEach(
        (code, meaning) ->
            text.append("| ").append(code).append(" | ").append(meaning).append(" |\n"));
    return text.toString();
  }

  private static String description(CommandLine command) {
    return String.join(" ", command.getCommandSpec().usageMessage().description())
        .replace("|", "\\|");
  }

  private static String own(CommandLine command) {
    Map<String, String> codes = command.getCommandSpec().usageMessage().exitCodeList();
    return codes.entrySet().stream()
        .filter(code -> !code.getValue().equals(ExitCodes.MEANINGS.get(code.getKey())))
        .map(code -> code.getKey() + ": " + code.getValue())
        .collect(Collectors.joining("; "));
  }
}
