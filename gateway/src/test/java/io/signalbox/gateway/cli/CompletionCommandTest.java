package io.signalbox.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real bash reads the script and completes. */
class CompletionCommandTest {
  @TempDir private Path dir;

  @Test
  void bashCompletesCommandsOptionsAndVerbs() throws Exception {
    Path script = script("bash");
    assertThat(completed(script, "signalbox", "stat")).containsExactly("status");
    assertThat(completed(script, "signalbox", "dead-letters", "--sta")).containsExactly("--state");
    assertThat(completed(script, "signalbox", "notifications", "sh")).containsExactly("show");
    assertThat(completed(script, "signalbox", "")).contains("serve", "monitor-health");
  }

  @Test
  void zshIsToldToReadIt() throws Exception {
    assertThat(Files.readString(script("zsh"))).contains("bashcompinit").contains("monitor-health");
  }

  private Path script(String shell) throws Exception {
    Ran ran = Ran.run("completion", shell);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return Files.writeString(dir.resolve(shell), ran.out());
  }

  private static List<String> completed(Path script, String... words) throws Exception {
    String typed = String.join(" ", List.of(words).stream().map(word -> "'" + word + "'").toList());
    Process bash =
        new ProcessBuilder(
                "bash",
                "--norc",
                "-c",
                "source '"
                    + script
                    + "'; COMP_WORDS=("
                    + typed
                    + "); COMP_CWORD="
                    + (words.length - 1)
                    + "; COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE}"
                    + "; _complete_signalbox; printf '%s\\n' \"${COMPREPLY[@]}\"")
            // It says there that bash itself has not asked.
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    bash.getOutputStream().close();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(out).isZero();
    return out.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
