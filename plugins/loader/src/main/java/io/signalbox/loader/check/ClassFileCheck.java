package io.signalbox.loader.check;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/** Looks into a class file without loading it. */
final class ClassFileCheck {
  private static final int MAGIC = 0xCAFEBABE;
  private static final int HEADER_BYTES = 8;
  // The class files of Java 17 have version 61, those of each release one more.
  private static final int VERSION_OF_RELEASE_0 = 44;

  private ClassFileCheck() {}

  /**
   * Refuses a class that this JVM cannot load from where it stands, and one that would end the
   * process.
   *
   * @param entryName where it stands in the jar
   * @param code the class file
   */
  static void check(String entryName, byte[] code) throws PluginRefusedException {
    ClassEntry entry = ClassEntry.of(entryName).orElse(null);
    if (entry == null || entry.release() > Runtime.version().feature()) {
      return; // For a newer Java, where this one does not look.
    }
    refuseNewer(entry, code);
    try {
      ClassReader reader = new ClassReader(code);
      refuseOtherPlace(entry, reader.getClassName());
      refuseProcessEnd(reader);
    } catch (RuntimeException e) {
      // The parser says in many ways that the bytes make no sense.
      throw unreadable(entry, e);
    }
  }

  private static void refuseNewer(ClassEntry entry, byte[] code) throws PluginRefusedException {
    if (code.length < HEADER_BYTES || ByteBuffer.wrap(code).getInt() != MAGIC) {
      throw unreadable(entry, null);
    }
    int release = ByteBuffer.wrap(code).getShort(6) - VERSION_OF_RELEASE_0;
    int ours = Runtime.version().feature();
    if (release > ours) {
      throw new PluginRefusedException(
          "holds the class "
              + entry.type()
              + ", compiled for Java "
              + release
              + ", while this gateway runs on Java "
              + ours
              + ": compile it with --release "
              + ours
              + " or less");
    }
  }

  private static void refuseOtherPlace(ClassEntry entry, String path)
      throws PluginRefusedException {
    if (!entry.path().equals(path) && entry.path().endsWith("/" + path)) {
      throw new PluginRefusedException(
          "holds the class "
              + path.replace('/', '.')
              + " at "
              + entry.entry()
              + ", where it is not found: pack classes at the top of the jar, this one as "
              + path
              + ".class");
    }
  }

  private static void refuseProcessEnd(ClassReader code) throws PluginRefusedException {
    ProcessEnds.Call call = ProcessEnds.find(code).orElse(null);
    if (call != null) {
      throw new PluginRefusedException(
          "calls "
              + call.target()
              + " in "
              + call.caller()
              + ", which is the gateway's alone: report failures by outcomes, release things in"
              + " Provider.close(), and leave out classes of libraries that do this");
    }
  }

  private static PluginRefusedException unreadable(ClassEntry entry, @Nullable Throwable cause) {
    return new PluginRefusedException(
        "holds " + entry.entry() + ", which is no class file: leave it out or pack it again",
        cause);
  }
}
