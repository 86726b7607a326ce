package io.signalbox.gateway.cli;

import io.signalbox.gateway.config.ConfigMistake;
import io.signalbox.gateway.config.ConfigurationException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** The command line: one command, with one sub-command for each thing to do. */
@Command(
    name = "signalbox",
    description = "Reactive notification gateway.",
    mixinStandardHelpOptions = true,
    versionProvider = SignalboxCommand.Version.class,
    subcommands = {
      ServeCommand.class,
      SendCommand.class,
      CancelCommand.class,
      TokenCommand.class,
      ProvidersCommand.class,
      PluginsCommand.class,
      PoliciesCommand.class,
      TemplatesCommand.class,
      DeadLettersCommand.class,
      ApiKeysCommand.class,
      AuditCommand.class,
      CallbacksCommand.class,
      SuppressionsCommand.class,
      SimulateCommand.class,
      TestFailoverCommand.class,
      ReplayCommand.class,
    })
public final class SignalboxCommand {
  private SignalboxCommand() {}

  /** Runs the process. */
  public static void main(String[] args) {
    LogSettings.apply("warn", "text");
    System.exit(commandLine().execute(args));
  }

  /** The command line, for a process or for a test with writers of its own. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new SignalboxCommand());
    line.setExecutionExceptionHandler(SignalboxCommand::failed);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  private static int failed(Exception failure, CommandLine line, ParseResult parsed)
      throws Exception {
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
    throw failure;
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
