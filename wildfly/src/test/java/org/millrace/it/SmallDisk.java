package org.millrace.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A small file system in memory, mounted at a folder of a server's; it can be filled and freed. */
record SmallDisk(Path folder) implements AutoCloseable {

  private static final int MEGABYTE = 1 << 20;

  /** Mounts one; empty where the user of this machine may not. */
  static Optional<SmallDisk> mount(Path folder, int megabytes) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString())
        ? Optional.of(new SmallDisk(folder))
        : Optional.empty();
  }

  /** Takes all that is free. */
  void fill() {
    byte[] much = new byte[MEGABYTE];
    for (int size = MEGABYTE; size > 0; size /= 2) {
      try (OutputStream filler = Files.newOutputStream(filler(size))) {
        while (true) {
          filler.write(much, 0, size);
        }
      } catch (IOException full) {
        // What is left is smaller than this.
      }
    }
  }

  /** Gives it back. */
  void free() {
    try {
      for (int size = MEGABYTE; size > 0; size /= 2) {
        Files.deleteIfExists(filler(size));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler(int size) {
    return folder.resolve("filler-" + size);
  }

  @Override
  public void close() {
    // Lazily: a server that failed may still have files open.
    run("umount", "--lazy", folder.toString());
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false; // There is no such command.
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
