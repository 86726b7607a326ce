package io.signalbox.loader.check;

import io.signalbox.spi.SpiVersion;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/**
 * Checks jars before a class of them is loaded: whom they come from, that they are whole and within
 * limits, and that they fit this gateway. Immutable; may be used by several threads.
 */
public final class JarCheck {
  private final PluginTrust trust;
  private final Signers signers;
  private final JarLimits limits;
  private final Clock clock;

  private JarCheck(PluginTrust trust, Signers signers, JarLimits limits, Clock clock) {
    this.trust = trust;
    this.signers = signers;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * A check that trusts the given jars. Blocks on the files of the signers' certificates.
   *
   * @param clock tells whether a signer's certificate is valid
   * @throws IOException if a signer is neither a fingerprint nor a file of certificates
   */
  public static JarCheck of(PluginTrust trust, Clock clock) throws IOException {
    return of(trust, JarLimits.DEFAULT, clock);
  }

  static JarCheck of(PluginTrust trust, JarLimits limits, Clock clock) throws IOException {
    return new JarCheck(trust, Signers.read(trust.signers()), limits, clock);
  }

  /** The most bytes that a jar may have. */
  public static long maxBytes() {
    return JarLimits.DEFAULT.bytes();
  }

  /** Refuses a file by its size alone, before it is copied. */
  public void refuseSize(long bytes) throws PluginRefusedException {
    limits.refuseSize(bytes);
  }

  /**
   * Checks a jar. Blocks while it reads the whole jar, and takes as much memory as its largest
   * class.
   *
   * @param jar a file that nobody writes to meanwhile
   * @throws PluginRefusedException if it is no usable plugin
   * @throws IOException if the file cannot be read, whatever its content
   */
  public PluginJar check(Path jar) throws PluginRefusedException, IOException {
    long size = Files.size(jar);
    limits.refuseSize(size);
    String sha256 = Sha256.of(jar);
    trust.refuseUnlisted(sha256);
    try (JarFile file = open(jar)) {
      List<JarEntry> entries = JarDirectory.checked(file, size, limits);
      PackedClasses.refuseShared(entries);
      JarContent content = JarContent.read(file, entries);
      Manifest manifest = PluginManifest.required(file.getManifest());
      if (!signers.isEmpty()) {
        SignatureCheck.check(
            content,
            manifest,
            entries.stream().map(JarEntry::getName).collect(Collectors.toUnmodifiableSet()),
            signers,
            clock.instant());
      }
      PluginManifest told = PluginManifest.read(manifest, SpiVersion.CURRENT);
      String factory = FactoryName.read(file);
      PackedClasses.refuseMissing(factory, entries);
      return new PluginJar(jar, told.name(), told.version(), told.spiVersion(), factory, sha256);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw e; // The file is gone, or too many are open: nothing that its content can help.
    } catch (IOException e) {
      throw new PluginRefusedException("is no complete jar: " + e.getMessage(), e);
    } catch (SecurityException e) {
      throw new PluginRefusedException(
          "was changed after it was signed: " + e.getMessage() + "; copy it anew", e);
    }
  }

  private static JarFile open(Path jar) throws PluginRefusedException, IOException {
    try {
      return new JarFile(jar.toFile(), true, ZipFile.OPEN_READ);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      // In the same words wherever a copy stopped, so that a slow copy is one refusal.
      throw new PluginRefusedException(
          "is no complete jar, its table of contents is missing or damaged: a copy that goes on is"
              + " taken when it is whole, otherwise copy it again",
          e);
    }
  }
}
