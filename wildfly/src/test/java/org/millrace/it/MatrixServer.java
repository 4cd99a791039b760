package org.millrace.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** The stage beans of the kill matrix: one in the engine's own EAR, the others beside it. */
final class MatrixServer {

  private MatrixServer() {}

  /** To be called before the server is started. */
  static void deployTo(TestServer server) {
    Rows.deployTo(server);
    Probe.deployTo(server);
    addToEar(server.deployments().resolve("millrace.ear"));
    StageBeans.deployTo(
        server,
        "matrix.jar",
        LedgerStage.class,
        OtherStage.class,
        FailingStage.class,
        AfterStage.class);
  }

  private static void addToEar(Path file) {
    JavaArchive own =
        ShrinkWrap.create(JavaArchive.class).addClasses(LedgerStage.class, OwnStage.class);
    try (FileSystem ear = FileSystems.newFileSystem(file);
        InputStream jar = own.as(ZipExporter.class).exportAsInputStream()) {
      Files.copy(jar, ear.getPath("matrix-own.jar"));
      Path modules = ear.getPath("META-INF/application.xml");
      Files.writeString(
          modules,
          Files.readString(modules)
              .replaceFirst("<module>", "<module><ejb>matrix-own.jar</ejb></module><module>"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
