package io.signalbox.gateway.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description =
        "Prints a script that lets a shell complete commands and options: source <(signalbox"
            + " completion bash), or the same with zsh.")
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", arity = "0..1", paramLabel = "SHELL", description = "bash or zsh")
  private Shell shell = Shell.bash;

  @Override
  public Integer call() {
    String script = AutoComplete.bash("signalbox", SignalboxCommand.commandLine());
    // The script finds out by itself which of them reads it; zsh runs it as bash would.
    spec.commandLine().getOut().println("# Completion of signalbox for " + shell);
    spec.commandLine().getOut().print(script);
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** The names are what is typed. */
  enum Shell {
    bash,
    zsh
  }
}
