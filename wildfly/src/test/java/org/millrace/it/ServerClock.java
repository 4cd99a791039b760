package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * A clock that a server goes by, and that can be set while it runs: some lines of C between its
 * Java and the system. The machine's own clock is left alone.
 */
final class ServerClock {

  private static final String COMPILER = "/usr/bin/cc";

  private final Path ahead;
  private final Path library;

  private ServerClock(Path ahead, Path library) {
    this.ahead = ahead;
    this.library = library;
  }

  /** Whether this machine can make one. */
  static boolean isPossible() {
    return Files.isExecutable(Path.of(COMPILER)) && Files.isDirectory(Path.of("/proc/self"));
  }

  /** One that says what the machine's says. */
  static ServerClock make(Path directory) throws IOException, InterruptedException {
    Path source = directory.resolve("clock.c");
    try (InputStream code = ServerClock.class.getResourceAsStream("/clock.c")) {
      Files.copy(code, source);
    }
    ServerClock clock = new ServerClock(directory.resolve("ahead"), directory.resolve("clock.so"));
    clock.set(Duration.ZERO);
    List<String> compile =
        List.of(
            COMPILER, "-shared", "-fPIC", "-O", "-o", clock.library.toString(), source.toString());
    assertThat(new ProcessBuilder(compile).inheritIO().start().waitFor()).isZero();
    return clock;
  }

  /** To be called before the server is started. */
  void giveTo(TestServer server) {
    server
        .withEnvironment("LD_PRELOAD", library.toString())
        .withEnvironment("CLOCK_AHEAD", ahead.toString());
  }

  /** Sets it to so much more than the machine's says, or less, from now on. */
  void set(Duration more) throws IOException {
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    number.putLong(0, more.toSeconds());
    // In its place, never shorter: the server has it mapped.
    try (FileChannel file =
        FileChannel.open(ahead, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(number);
    }
  }
}
