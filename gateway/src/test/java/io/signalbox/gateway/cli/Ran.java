package io.signalbox.gateway.cli;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command did that was run in this process. */
record Ran(int exitCode, String out, String err) {

  /** Runs a command as a process would. */
  static Ran run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = SignalboxCommand.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int exitCode = line.execute(args);
    return new Ran(exitCode, out.toString(), err.toString());
  }

  JsonObject json() {
    return new JsonObject(out);
  }
}
