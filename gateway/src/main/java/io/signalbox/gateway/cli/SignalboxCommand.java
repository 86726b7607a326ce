package io.signalbox.gateway.cli;

import io.signalbox.gateway.config.ConfigMistake;
import io.signalbox.gateway.config.ConfigurationException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: one command, with one sub-command for each thing to do. */
@Command(
    name = "signalbox",
    description = "Reactive notification gateway.",
    mixinStandardHelpOptions = true,
    versionProvider = SignalboxCommand.Version.class)
public final class SignalboxCommand {
  private SignalboxCommand() {}

  /** Runs the process. */
  public static void main(String[] args) {
    LogSettings.apply("warn", "text");
    System.exit(commandLineFor(args).execute(args));
  }

  /** The command line with all its commands, for a test with writers of its own too. */
  static CommandLine commandLine() {
    return commandLine(Commands.ALL.keySet());
  }

  /** The same with what these words need alone: each command costs time to describe. */
  static CommandLine commandLineFor(String... args) {
    boolean named = args.length > 0 && Commands.ALL.containsKey(args[0]);
    return named ? commandLine(Set.of(args[0])) : commandLine();
  }

  private static CommandLine commandLine(Set<String> commands) {
    CommandLine line = new CommandLine(new SignalboxCommand());
    for (String command : commands) {
      line.addSubcommand(Commands.make(command));
    }
    line.setExecutionExceptionHandler(SignalboxCommand::failed);
    line.setParameterExceptionHandler(SignalboxCommand::misused);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Terminal.ansi(System.getenv())));
    explainExitCodes(line);
    return line;
  }

  /** Every command's help names its exit codes; what a command says itself counts. */
  private static void explainExitCodes(CommandLine line) {
    UsageMessageSpec help = line.getCommandSpec().usageMessage();
    Map<String, String> codes = new TreeMap<>(Comparator.comparingInt(Integer::parseInt));
    codes.putAll(ExitCodes.MEANINGS);
    codes.putAll(help.exitCodeList());
    help.exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    line.getSubcommands().values().forEach(SignalboxCommand::explainExitCodes);
  }

  private static int misused(ParameterException failure, String[] args) {
    CommandLine line = failure.getCommandLine();
    List<String> meant =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    line.getErr()
        .println(
            "signalbox: "
                + failure.getMessage()
                + (meant.isEmpty() ? "" : "; did you mean " + String.join(" or ", meant) + "?")
                + "; see "
                + line.getCommandSpec().qualifiedName()
                + " --help");
    line.getErr().flush();
    return line.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int failed(Exception failure, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (failure instanceof ConfigurationException configuration) {
      err.println("The configuration has mistakes:");
      for (ConfigMistake mistake : configuration.mistakes()) {
        err.println("  " + mistake);
      }
      return ExitCodes.BAD_CONFIGURATION;
    }
    if (failure instanceof CommandFailure told) {
      err.println("signalbox: " + told.getMessage());
      return told.exitCode();
    }
    err.println("signalbox: unexpected: " + failure + "; SIGNALBOX_DEBUG=1 shows where");
    if (System.getenv("SIGNALBOX_DEBUG") != null) {
      failure.printStackTrace(err);
    }
    return ExitCodes.SOFTWARE;
  }

  /** The version that the jar was built as. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = SignalboxCommand.class.getPackage().getImplementationVersion();
      return new String[] {"signalbox " + (version == null ? "(not packaged)" : version)};
    }
  }
}
