package io.signalbox.loader.check;

/**
 * How much a jar may be, so that looking at it costs little whatever it holds.
 *
 * @param bytes size of the jar
 * @param entries number of its entries
 * @param unpackedBytes size of all its entries together, unpacked
 * @param ratio how many times as large as the jar its entries may be together
 */
record JarLimits(long bytes, int entries, long unpackedBytes, int ratio) {

  /** Far more than a provider with all its libraries needs. */
  static final JarLimits DEFAULT = new JarLimits(256L << 20, 50_000, 1L << 30, 100);

  /** Below this the ratio says nothing: small files of many equal lines pack very well. */
  private static final long NEVER_A_BOMB = 16L << 20;

  void refuseSize(long size) throws PluginRefusedException {
    if (size > bytes) {
      throw new PluginRefusedException(
          "is larger than "
              + megabytes(bytes)
              + ", the most that a plugin may be; is it a plugin?");
    }
  }

  void refuseCount(int count) throws PluginRefusedException {
    if (count > entries) {
      throw new PluginRefusedException(
          "holds " + count + " entries, at most " + entries + " are allowed; pack less into it");
    }
  }

  void refuseUnpacked(long unpacked, long packed) throws PluginRefusedException {
    if (unpacked > unpackedBytes) {
      throw new PluginRefusedException(
          "unpacks to more than " + megabytes(unpackedBytes) + "; pack less into it");
    }
    if (unpacked > NEVER_A_BOMB && unpacked / Math.max(1, packed) >= ratio) {
      throw new PluginRefusedException(
          "unpacks to more than "
              + ratio
              + " times its size, as a zip bomb does; leave the large entry out");
    }
  }

  private static String megabytes(long size) {
    return (size >> 20) + " MB";
  }
}
