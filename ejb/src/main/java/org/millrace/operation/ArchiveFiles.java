package org.millrace.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Instance;

/**
 * Appends instances to a file for each day, a line of JSON for each, and returns when they are on
 * the disk. A crash before they are then deleted has them written again: the id tells.
 */
@Singleton
public class ArchiveFiles {

  /** The system property with the folder; without one, nothing is written. */
  static final String PROPERTY = "millrace.archive";

  private final @Nullable Path folder;
  private final Views views;
  private final Clock clock;

  @Inject
  public ArchiveFiles(Views views, Clock clock) {
    this(folder(System.getProperty(PROPERTY)), views, clock);
  }

  ArchiveFiles(@Nullable Path folder, Views views, Clock clock) {
    this.folder = folder;
    this.views = views;
    this.clock = clock;
  }

  private static @Nullable Path folder(@Nullable String path) {
    return path == null ? null : Path.of(path);
  }

  void write(List<Instance> instances) {
    if (folder == null) {
      return;
    }
    Path file =
        folder.resolve("ended-" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) + ".jsonl");
    try {
      Files.createDirectories(folder);
      try (FileChannel channel = FileChannel.open(file, CREATE, APPEND)) {
        for (Instance instance : instances) {
          ByteBuffer line =
              ByteBuffer.wrap((JsonLine.of(views.of(instance)) + "\n").getBytes(UTF_8));
          while (line.hasRemaining()) {
            channel.write(line);
          }
        }
        channel.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the archive " + file + " cannot be written", e);
    }
  }
}
